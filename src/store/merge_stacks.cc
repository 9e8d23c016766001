#include "store/merge_stacks.h"

#include <memory>
#include <optional>
#include <utility>

#include "profile/merge/pprof_merge.h"
#include "store/prepare_files.h"
#include "store/rows/sample_picks.h"
#include "store/stack_budget.h"

namespace pmcp::store {
namespace {

RowsToRead RowsOf(const ProfileStore& store,
                  const source::ProfileQuery& profiles,
                  const source::SampleSelection& wanted) {
  return FindRowsToRead(store, store.Select(profiles, wanted.profile_ids));
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
  PMCP_TRY(changed,
           PrepareFiles(index, snapshot,
                        RowsOf(snapshot.store, query.profiles, query.samples),
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
  const auto prepare = [&](const SearchedFile& file) {
    return ReadPicked(index, snapshot, file, wanted);
  };
  std::vector<std::string> changed_since;
  const auto take = [&](const SearchedFile& file, const PickedProfile& picked) {
    if (picked.profile != nullptr) {
      merge.Add(*picked.profile, picked.picks);
    } else {
      changed_since.push_back(snapshot.store.files()[file.file].path);
    }
  };
  PMCP_TRY(changed, PrepareFiles(index, snapshot,
                                 RowsOf(snapshot.store, query.profiles, wanted),
                                 call, prepare, take));
  changed.insert(changed.end(), changed_since.begin(), changed_since.end());
  return FromFiles<profile::Profile>{std::move(merge).Finish(),
                                     std::move(changed)};
}

}  // namespace pmcp::store
