#include "store/export_profile.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <numeric>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "profile/merge/file_merge.h"

namespace pmcp::store {
namespace {

using profile::Profile;

/// A sample is picked once for each of its sample types.
std::vector<std::uint32_t> SamplesOf(const Picks& picks) {
  std::vector<std::uint32_t> samples;
  samples.reserve(picks.size());
  for (const profile::SamplePick& pick : picks) samples.push_back(pick.sample);
  std::ranges::sort(samples);
  const auto surplus = std::ranges::unique(samples);
  samples.erase(surplus.begin(), surplus.end());
  return samples;
}

bool IsZero(std::span<const std::int64_t> values) {
  return std::ranges::all_of(values, [](auto value) { return value == 0; });
}

/// Whether `samples` are all samples of the profile but those without a value.
bool IsWhole(const Profile& profile, std::span<const std::uint32_t> samples) {
  std::size_t next = 0;
  for (std::uint32_t i = 0; i < profile.samples.size(); ++i) {
    if (next < samples.size() && samples[next] == i) {
      ++next;
    } else if (!IsZero(profile.samples.values(i))) {
      return false;
    }
  }
  return true;
}

/// Merges the selected samples of all files. A whole profile stays as it is if
/// there is no other one.
class Exporter {
 public:
  explicit Exporter(const source::ExportQuery& query) : query_(query) {}

  void Add(PickedProfile picked) {
    if (!query_.all_types) {
      // Picks of several series are in the order of the series.
      std::ranges::sort(picked.picks, {}, &profile::SamplePick::sample);
      merge_.Add(*picked.profile, picked.picks, query_.profiles.type);
      return;
    }
    const std::vector<std::uint32_t> samples = SamplesOf(picked.picks);
    if (merge_.profiles() == 0 && whole_ == nullptr &&
        IsWhole(*picked.profile, samples)) {
      whole_ = std::move(picked.profile);
      return;
    }
    if (whole_ != nullptr) {
      std::vector<std::uint32_t> all(whole_->samples.size());
      std::iota(all.begin(), all.end(), 0u);
      merge_.Add(*std::exchange(whole_, nullptr), all);
    }
    merge_.Add(*picked.profile, samples);
  }

  Result<source::ExportedProfile> Finish() && {
    if (whole_ != nullptr) {
      return source::ExportedProfile{.profile = std::move(*whole_), .files = 1};
    }
    source::ExportedProfile exported{.files = merge_.profiles(),
                                     .lacks_types = merge_.lacks_types()};
    PMCP_TRY(merged, std::move(merge_).Finish());
    exported.profile = std::move(merged);
    return exported;
  }

 private:
  const source::ExportQuery& query_;
  std::unique_ptr<Profile> whole_;
  profile::FileMerge merge_;
};

/// Samples have the values of all types, of which only some are counters, so
/// profiles of all types are added up.
RowsToRead RowsOf(const ProfileStore& store, const source::ExportQuery& query) {
  std::vector<const StoredRow*> rows = store.Select(query);
  if (query.all_types) return {std::move(rows), {}};
  return FindRowsToRead(store, std::move(rows));
}

}  // namespace

Result<FromFiles<source::ExportedProfile>> ExportProfile(
    FolderIndex& index, const Snapshot& snapshot,
    const source::ExportQuery& query, const CallContext& call) {
  Exporter exporter(query);
  const auto prepare = [&](const SearchedFile& file) {
    return ReadPicked(index, snapshot, file, query.samples);
  };
  std::vector<std::string> changed_since;
  const auto take = [&](const SearchedFile& file, PickedProfile picked) {
    if (picked.profile == nullptr) {
      changed_since.push_back(snapshot.store.files()[file.file].path);
    } else {
      exporter.Add(std::move(picked));
    }
  };
  PMCP_TRY(changed, PrepareFiles(index, snapshot, RowsOf(snapshot.store, query),
                                 call, prepare, take));
  PMCP_TRY_VOID(call.Check());
  changed.insert(changed.end(), changed_since.begin(), changed_since.end());
  PMCP_TRY(exported, std::move(exporter).Finish());
  return FromFiles<source::ExportedProfile>{std::move(exported),
                                            std::move(changed)};
}

}  // namespace pmcp::store
