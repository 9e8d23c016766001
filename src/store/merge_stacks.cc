#include "store/merge_stacks.h"

#include <cstddef>
#include <memory>
#include <utility>

#include "profile/pprof_merge.h"
#include "store/sample_picks.h"
#include "store/search_files.h"

namespace pmcp::store {
namespace {

struct PickedFile {
  std::shared_ptr<const FileSamples> samples;  // null: the file has changed
  std::vector<profile::SamplePick> picks;
};

std::vector<profile::SamplePick> Pick(const ProfileStore& store,
                                      const SearchedFile& file,
                                      const source::SampleSelection& wanted) {
  std::vector<profile::SamplePick> picks;
  for (const StoredRow* row : file.rows) {
    PickSamples(*file.samples, store.FileRowOf(*row), wanted, picks);
  }
  return picks;
}

Result<FromFiles<std::vector<PickedFile>>> PickFromFiles(
    FolderIndex& index, const Snapshot& snapshot,
    const source::ProfileQuery& profiles, const source::SampleSelection& wanted,
    const CallContext& call) {
  const ProfileStore& store = snapshot.store;
  std::vector<SearchedFile> files =
      GroupByFile(store, store.Select(profiles), wanted.profile_ids);
  std::vector<PickedFile> picked(files.size());
  PMCP_TRY(changed,
           SearchFiles(index, snapshot, files, call, [&](std::size_t i) {
             picked[i] = {files[i].samples, Pick(store, files[i], wanted)};
           }));
  return FromFiles<std::vector<PickedFile>>{std::move(picked),
                                            std::move(changed)};
}

}  // namespace

Result<FromFiles<profile::Stacks>> MergeStacks(
    FolderIndex& index, const Snapshot& snapshot,
    const source::StacktraceQuery& query, const CallContext& call) {
  PMCP_TRY(picked,
           PickFromFiles(index, snapshot, query.profiles, query.samples, call));
  FromFiles<profile::Stacks> merged{{}, std::move(picked.changed)};
  for (PickedFile& file : picked.data) {
    PMCP_TRY_VOID(call.Check());
    if (file.picks.empty()) continue;
    // Keeps all of the file's samples, not only its profile, alive.
    std::shared_ptr<const profile::Profile> profile(file.samples,
                                                    &file.samples->profile);
    merged.data.AddProfile(std::move(profile), std::move(file.picks));
  }
  return merged;
}

Result<FromFiles<profile::Profile>> MergeProfile(
    FolderIndex& index, const Snapshot& snapshot,
    const source::PprofQuery& query, const CallContext& call) {
  source::SampleSelection wanted = query.samples;
  // As Pyroscope: what a compiler is told has to be of the whole program.
  if (query.pgo) wanted.call_site.clear();
  PMCP_TRY(picked,
           PickFromFiles(index, snapshot, query.profiles, wanted, call));
  profile::PprofMerge merge(query.profiles.type, query.profiles.range.to,
                            query.pgo, query.max_nodes);
  for (const PickedFile& file : picked.data) {
    PMCP_TRY_VOID(call.Check());
    if (!file.picks.empty()) merge.Add(file.samples->profile, file.picks);
  }
  return FromFiles<profile::Profile>{std::move(merge).Finish(),
                                     std::move(picked.changed)};
}

}  // namespace pmcp::store
