#include "store/merge_stacks.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include "profile/pprof_merge.h"
#include "profile/stack_tree.h"
#include "store/sample_picks.h"
#include "store/search_files.h"

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

/// Makes a `prepare(file)` of each file that the question is about, on several
/// threads, and calls `take(file, prepared)` with those that are not nullopt,
/// in the order of the files; gives the paths of those that have changed.
template <typename Prepare, typename Take>
Result<std::vector<std::string>> PrepareFiles(
    FolderIndex& index, const Snapshot& snapshot,
    const source::ProfileQuery& profiles, const source::SampleSelection& wanted,
    const CallContext& call, Prepare prepare, Take take) {
  using Prepared = std::invoke_result_t<Prepare, const SearchedFile&>;
  const ProfileStore& store = snapshot.store;
  std::vector<SearchedFile> files =
      GroupByFile(store, store.Select(profiles), wanted.profile_ids);
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

/// Nullopt when the question is about none of the samples.
std::optional<profile::Stacks::Part> PartOf(
    const ProfileStore& store, const SearchedFile& file,
    const source::SampleSelection& wanted) {
  // Keeps all of the file's samples, not only its stacks, alive.
  std::shared_ptr<const profile::StackSamples> stacks(file.samples,
                                                      &file.samples->stacks);
  const FileRow& row = store.FileRowOf(*file.rows.front());
  if (file.rows.size() == 1 && WantsAllOf(*file.samples, row, wanted)) {
    return profile::Stacks::Part(std::move(stacks), row.value_index);
  }
  Picks picks = Pick(store, file, wanted);
  if (picks.empty()) return std::nullopt;
  return profile::Stacks::Part(std::move(stacks), std::move(picks));
}

/// Collects stacks within a budget of memory. A few profiles are held as they
/// are, which is quick to walk; what many have in common is folded. One that is
/// larger than the budget alone is held too, as it is in memory anyway: its
/// tree may be larger still, and takes a minute to make.
class StackCollector {
 public:
  StackCollector(std::size_t budget_bytes, const CallContext& call)
      : budget_(budget_bytes), call_(call) {}

  void Add(const FileSamples& samples, profile::Stacks::Part part) {
    const std::size_t bytes = samples.memory_bytes();
    if (held_bytes_ > 0 && held_bytes_ + bytes > budget_) Fold();
    held_.Add(std::move(part));
    held_bytes_ += bytes;
  }

  profile::Stacks Finish() && {
    if (folded_.size() > 1) held_.AddTree(std::move(folded_));
    return std::move(held_);
  }

 private:
  /// Gives up when the call is over, which its caller has to look for: millions
  /// of stacks with little in common take minutes.
  void Fold() {
    const profile::StringTable& names = held_.names();
    std::vector<profile::StringId> frames;
    held_.ForEach(
        [&](std::span<const profile::StringId> stack, std::int64_t value) {
          if (folded_stacks_++ % kStacksBetweenLooks == 0) {
            is_over_ = is_over_ || !call_.Check().ok();
          }
          if (is_over_) return;
          frames.clear();
          for (const profile::StringId name : stack) {
            frames.push_back(folded_.names().Intern(names[name]));
          }
          folded_.AddStack(frames, value);
        });
    held_ = profile::Stacks();
    held_bytes_ = 0;
  }

  static constexpr std::size_t kStacksBetweenLooks = 4096;

  const std::size_t budget_;
  const CallContext& call_;
  profile::Stacks held_;
  std::size_t held_bytes_ = 0;
  std::size_t folded_stacks_ = 0;
  bool is_over_ = false;
  profile::StackTree folded_;
};

}  // namespace

Result<FromFiles<profile::Stacks>> MergeStacks(
    FolderIndex& index, const Snapshot& snapshot,
    const source::StacktraceQuery& query, const CallContext& call) {
  StackCollector stacks(index.question_bytes(), call);
  const auto prepare = [&](const SearchedFile& file) {
    return PartOf(snapshot.store, file, query.samples);
  };
  const auto take = [&](const SearchedFile& file, auto&& part) {
    stacks.Add(*file.samples, std::move(part));
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
  // As Pyroscope: what a compiler is told has to be of the whole program.
  if (query.pgo) wanted.call_site.clear();
  profile::PprofMerge merge(query.profiles.type, query.profiles.range.to,
                            query.pgo, query.max_nodes);
  struct PickedProfile {
    std::unique_ptr<const profile::Profile> profile;  // null: has changed
    Picks picks;
  };
  const auto prepare =
      [&](const SearchedFile& file) -> std::optional<PickedProfile> {
    PickedProfile picked{nullptr, Pick(snapshot.store, file, wanted)};
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
