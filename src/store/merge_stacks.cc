#include "store/merge_stacks.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include "profile/merge/pprof_merge.h"
#include "profile/words/wrapping_add.h"
#include "store/folder/search_files.h"
#include "store/rows/sample_picks.h"
#include "store/stack_budget.h"

namespace pmcp::store {
namespace {

using Picks = std::vector<profile::SamplePick>;

Picks Pick(const ProfileStore& store, const SearchedFile& file,
           const source::SampleSelection& wanted) {
  Picks picks;
  for (const StoredRow* row : file.rows) {
    PickSamples(*file.samples, store.FileRowOf(*row), wanted, picks);
  }
  return picks;
}

/// As Pick, with negative values if the samples are subtracted.
Picks SignedPicks(const ProfileStore& store, const SearchedFile& file,
                  const source::SampleSelection& wanted) {
  Picks picks = Pick(store, file, wanted);
  if (file.subtracts) {
    for (profile::SamplePick& pick : picks) {
      pick.value = profile::WrappingSubtract(0, pick.value);
    }
  }
  return picks;
}

/// Calls `prepare(file)` for each file that the question selects, on several
/// threads, and `take(file, prepared)` for each result that is not nullopt, in
/// the order of the files. Returns the paths of the files that changed since
/// the snapshot.
template <typename Prepare, typename Take>
Result<std::vector<std::string>> PrepareFiles(
    FolderIndex& index, const Snapshot& snapshot,
    const source::ProfileQuery& profiles, const source::SampleSelection& wanted,
    const CallContext& call, Prepare prepare, Take take) {
  using Prepared = std::invoke_result_t<Prepare, const SearchedFile&>;
  const ProfileStore& store = snapshot.store;
  std::vector<SearchedFile> files = GroupByFile(
      FindRowsToRead(store, store.Select(profiles, wanted.profile_ids)));
  std::vector<Prepared> prepared(files.size());
  return SearchFiles(index, snapshot, std::move(files), call,
                     {.search =
                          [&](const SearchedFile& file) {
                            prepared[file.index] = prepare(file);
                          },
                      .take =
                          [&](const SearchedFile& file) {
                            auto& found = prepared[file.index];
                            if (found)
                              take(file, *std::exchange(found, std::nullopt));
                          }});
}

/// Nullopt if the question selects no samples of the file.
std::optional<profile::StackSegment> SegmentOf(
    const ProfileStore& store, const SearchedFile& file,
    const source::SampleSelection& wanted) {
  // Shares ownership of the whole FileSamples.
  std::shared_ptr<const profile::StackSamples> stacks(file.samples,
                                                      &file.samples->stacks);
  const FileRow& row = store.FileRowOf(*file.rows.front());
  if (!file.subtracts && file.rows.size() == 1 &&
      WantsAllOf(*file.samples, row, wanted)) {
    return profile::StackSegment(std::move(stacks), row.value_index,
                                 file.samples->counting);
  }
  Picks picks = Pick(store, file, wanted);
  if (picks.empty()) return std::nullopt;
  profile::StackSegment segment(std::move(stacks), std::move(picks),
                                file.samples->counting);
  if (file.subtracts) segment.Negate();
  return segment;
}

}  // namespace

Result<FromFiles<profile::Stacks>> MergeStacks(
    FolderIndex& index, const Snapshot& snapshot,
    const source::StacktraceQuery& query, const CallContext& call) {
  StackBudget stacks(index.question_bytes(), call);
  const auto prepare = [&](const SearchedFile& file) {
    return SegmentOf(snapshot.store, file, query.samples);
  };
  const auto take = [&](const SearchedFile& file, auto&& segment) {
    stacks.Add(std::move(segment), file.samples->memory_bytes());
  };
  PMCP_TRY(changed, PrepareFiles(index, snapshot, query.profiles, query.samples,
                                 call, prepare, take));
  PMCP_TRY_VOID(call.Check());
  return FromFiles<profile::Stacks>{std::move(stacks).Finish(),
                                    std::move(changed)};
}

Result<FromFiles<profile::Profile>> MergeProfile(
    FolderIndex& index, const Snapshot& snapshot,
    const source::PprofQuery& query, const CallContext& call) {
  source::SampleSelection wanted = query.samples;
  // As in Pyroscope: a profile for a compiler is that of the whole program.
  if (query.pgo) wanted.call_site.clear();
  profile::PprofMerge merge(query.profiles.type, query.profiles.range.to,
                            query.pgo, query.max_nodes);
  struct PickedProfile {
    std::unique_ptr<const profile::Profile> profile;  // null: file changed
    Picks picks;
  };
  const auto prepare =
      [&](const SearchedFile& file) -> std::optional<PickedProfile> {
    PickedProfile picked{nullptr, SignedPicks(snapshot.store, file, wanted)};
    if (picked.picks.empty()) return std::nullopt;
    if (auto read = index.ReadProfile(snapshot.files[file.file]); read.ok()) {
      picked.profile =
          std::make_unique<const profile::Profile>(*std::move(read));
    }
    return picked;
  };
  std::vector<std::string> changed_since;
  const auto take = [&](const SearchedFile& file, const PickedProfile& picked) {
    if (picked.profile != nullptr) {
      merge.Add(*picked.profile, picked.picks);
    } else {
      changed_since.push_back(snapshot.store.files()[file.file].path);
    }
  };
  PMCP_TRY(changed, PrepareFiles(index, snapshot, query.profiles, wanted, call,
                                 prepare, take));
  changed.insert(changed.end(), changed_since.begin(), changed_since.end());
  return FromFiles<profile::Profile>{std::move(merge).Finish(),
                                     std::move(changed)};
}

}  // namespace pmcp::store
