#include "store/merge_stacks.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <utility>

#include "store/parallel_for.h"
#include "store/sample_picks.h"

namespace pmcp::store {
namespace {

/// The rows of one file that the question is about, and what comes of them.
struct FileWork {
  std::uint32_t file = 0;
  std::vector<const StoredRow*> rows;
  std::shared_ptr<const FileSamples> samples;  // null: the file has changed
  std::vector<profile::SamplePick> picks;
};

bool IsWanted(const FileRows& file,
              const std::vector<std::string>& profile_ids) {
  return profile_ids.empty() ||
         std::ranges::find(profile_ids, file.profile_id) != profile_ids.end();
}

/// By file, so that each is read once, whatever its rows, and so that the order
/// of the answer is the files'.
std::vector<FileWork> PlanWork(const ProfileStore& store,
                               const source::StacktraceQuery& query) {
  std::map<std::uint32_t, FileWork> by_file;
  for (const StoredRow* row : store.Select(query.profiles)) {
    const FileRows& file = *store.files()[row->file].rows;
    if (!IsWanted(file, query.samples.profile_ids)) continue;
    FileWork& work = by_file[row->file];
    work.file = row->file;
    work.rows.push_back(row);
  }
  std::vector<FileWork> all;
  for (auto& [file, work] : by_file) all.push_back(std::move(work));
  return all;
}

void Pick(const ProfileStore& store, const source::SampleSelection& selection,
          FileWork& work) {
  for (const StoredRow* row : work.rows) {
    PickSamples(*work.samples, store.FileRowOf(*row), selection, work.picks);
  }
}

}  // namespace

Result<MergedStacks> MergeStacks(FolderIndex& index, const Snapshot& snapshot,
                                 const source::StacktraceQuery& query,
                                 const CallContext& call) {
  std::vector<FileWork> all = PlanWork(snapshot.store, query);
  PMCP_TRY_VOID(
      ParallelFor(all.size(), call, "profiles searched", [&](std::size_t i) {
        FileWork& work = all[i];
        auto samples = index.Samples(snapshot.files[work.file]);
        // It was readable when the snapshot was made, so it has changed.
        if (!samples.ok()) return;
        work.samples = *std::move(samples);
        Pick(snapshot.store, query.samples, work);
      }));

  MergedStacks merged;
  for (FileWork& work : all) {
    PMCP_TRY_VOID(call.Check());
    if (work.samples == nullptr) {
      merged.changed.push_back(snapshot.store.files()[work.file].path);
    } else if (!work.picks.empty()) {
      // Keeps all of the file's samples, not only its profile, alive.
      std::shared_ptr<const profile::Profile> profile(work.samples,
                                                      &work.samples->profile);
      merged.stacks.AddProfile(std::move(profile), std::move(work.picks));
    }
  }
  return merged;
}

}  // namespace pmcp::store
