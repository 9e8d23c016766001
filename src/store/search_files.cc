#include "store/search_files.h"

#include <algorithm>
#include <map>
#include <utility>

#include "store/parallel_for.h"

namespace pmcp::store {
namespace {

bool IsWanted(const FileRows& file,
              const std::vector<std::string>& profile_ids) {
  return profile_ids.empty() ||
         std::ranges::find(profile_ids, file.profile_id) != profile_ids.end();
}

}  // namespace

std::vector<SearchedFile> GroupByFile(
    const ProfileStore& store, const std::vector<const StoredRow*>& rows,
    const std::vector<std::string>& profile_ids) {
  std::map<std::uint32_t, SearchedFile> by_file;
  for (const StoredRow* row : rows) {
    if (!IsWanted(*store.files()[row->file].rows, profile_ids)) continue;
    SearchedFile& found = by_file[row->file];
    found.file = row->file;
    found.rows.push_back(row);
  }
  std::vector<SearchedFile> files;
  for (auto& [number, file] : by_file) files.push_back(std::move(file));
  return files;
}

Result<std::vector<std::string>> SearchFiles(
    FolderIndex& index, const Snapshot& snapshot,
    std::vector<SearchedFile>& files, const CallContext& call,
    const std::function<void(std::size_t)>& visit) {
  PMCP_TRY_VOID(
      ParallelFor(files.size(), call, "profiles searched", [&](std::size_t i) {
        auto samples = index.Samples(snapshot.files[files[i].file]);
        // It was readable when the snapshot was made, so it has changed.
        if (!samples.ok()) return;
        files[i].samples = *std::move(samples);
        visit(i);
      }));
  std::vector<std::string> changed;
  for (const SearchedFile& file : files) {
    if (file.samples != nullptr) continue;
    changed.push_back(snapshot.store.files()[file.file].path);
  }
  return changed;
}

}  // namespace pmcp::store
