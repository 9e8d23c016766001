// PrepareFiles: what a question about samples makes of each file that it
// selects, on several threads, and joins in the order of the files.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/call_context.h"
#include "base/result.h"
#include "profile/pprof/pprof.h"
#include "profile/stacks/stacks.h"
#include "source/query.h"
#include "store/folder/folder_index.h"
#include "store/folder/search_files.h"
#include "store/folder/snapshot.h"
#include "store/rows/profile_store.h"

namespace pmcp::store {

/// An answer, and the paths of the files that changed since the snapshot. Their
/// samples are missing from the answer.
template <typename T>
struct FromFiles {
  T data;
  std::vector<std::string> changed;
};

using Picks = std::vector<profile::SamplePick>;

/// The samples of all rows of a file that match `wanted`, also if they are to
/// be subtracted.
Picks Pick(const ProfileStore& store, const SearchedFile& file,
           const source::SampleSelection& wanted);

/// A whole profile, and the samples of it that a question selects. The values
/// of those that are to be subtracted are negative.
struct PickedProfile {
  std::unique_ptr<profile::Profile> profile;  // null: the file changed
  Picks picks;
};

/// Nullopt if the question selects no samples of the file.
std::optional<PickedProfile> ReadPicked(const FolderIndex& index,
                                        const Snapshot& snapshot,
                                        const SearchedFile& file,
                                        const source::SampleSelection& wanted);

/// Calls `prepare(file)` for each file that has one of `rows`, on several
/// threads, and `take(file, prepared)` for each result that is not nullopt, in
/// the order of the files. Returns the paths of the files that changed since
/// the snapshot.
template <typename Prepare, typename Take>
Result<std::vector<std::string>> PrepareFiles(FolderIndex& index,
                                              const Snapshot& snapshot,
                                              const RowsToRead& rows,
                                              const CallContext& call,
                                              Prepare prepare, Take take) {
  using Prepared = std::invoke_result_t<Prepare, const SearchedFile&>;
  std::vector<SearchedFile> files = GroupByFile(rows);
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

}  // namespace pmcp::store
