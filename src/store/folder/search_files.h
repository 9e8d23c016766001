// SearchFiles: reads the files that a question about samples needs, many at a
// time. What to take from each is the asker's matter.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/call_context.h"
#include "base/result.h"
#include "source/query.h"
#include "store/folder/folder_index.h"
#include "store/folder/snapshot.h"
#include "store/ingest/file_samples.h"
#include "store/rows/profile_store.h"

namespace pmcp::store {

/// The rows of one file that a question is about, and the file's samples.
struct SearchedFile {
  std::size_t index = 0;   // among the files that are searched
  std::uint32_t file = 0;  // index into ProfileStore::files()
  std::vector<const StoredRow*> rows;
  std::shared_ptr<const FileSamples> samples;
};

/// `rows` by file, so that each is read once, in the order of the files. Of
/// the files with one of `profile_ids` only, where there are any.
std::vector<SearchedFile> GroupByFile(
    const ProfileStore& store, const std::vector<const StoredRow*>& rows,
    const std::vector<std::string>& profile_ids);

/// What is done with each file; both are called for files that could be read.
struct FileVisitor {
  /// From several threads, in no order.
  std::function<void(const SearchedFile&)> search;
  /// From one thread at a time, in the order of the files; afterwards the
  /// samples are let go, unless they are kept here.
  std::function<void(const SearchedFile&)> take;
};

/// Reads the samples of `files`, from the cache or from the folder. The paths
/// of files that are no longer what the snapshot says come back: they are not
/// visited, so take a newer snapshot.
Result<std::vector<std::string>> SearchFiles(FolderIndex& index,
                                             const Snapshot& snapshot,
                                             std::vector<SearchedFile> files,
                                             const CallContext& call,
                                             const FileVisitor& visitor);

}  // namespace pmcp::store
