// SearchFiles: reads the files that a question about samples needs, on several
// threads, and passes them to the caller's visitor.
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
#include "store/rows/rows_to_read.h"

namespace pmcp::store {

/// The rows of one file that a question selects, and the samples of the file.
struct SearchedFile {
  std::size_t index = 0;   // in the list of files of the search
  std::uint32_t file = 0;  // index into ProfileStore::files()
  /// Whether its samples are subtracted: RowsToRead.
  bool subtracts = false;
  std::vector<const StoredRow*> rows;
  std::shared_ptr<const FileSamples> samples;
};

/// Groups `rows` by file, in the order of the files, so that each file is read
/// once. A file may have both rows that are added and rows that are subtracted;
/// then it is in the list twice.
std::vector<SearchedFile> GroupByFile(const RowsToRead& rows);

/// The functions that are called for each file that could be read.
struct FileVisitor {
  /// Called by several threads, in any order.
  std::function<void(const SearchedFile&)> search;
  /// Called after `search`, by one thread at a time, in the order of the files.
  /// Then the search releases its reference to the samples.
  std::function<void(const SearchedFile&)> take;
};

/// Reads the samples of `files` from the cache or from the folder. Returns the
/// paths of files that changed since the snapshot. These were not visited; a
/// newer snapshot has their new state.
Result<std::vector<std::string>> SearchFiles(FolderIndex& index,
                                             const Snapshot& snapshot,
                                             std::vector<SearchedFile> files,
                                             const CallContext& call,
                                             const FileVisitor& visitor);

}  // namespace pmcp::store
