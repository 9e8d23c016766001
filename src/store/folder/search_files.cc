#include "store/folder/search_files.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include "base/parallel_for.h"

namespace pmcp::store {
namespace {

/// Calls `take` for the files in their order, each as soon as all earlier files
/// were searched. Only one thread consumes at a time. Others queue their file
/// and continue; above 4 MiB of queued samples they block, which bounds memory.
class OrderedTaker {
 public:
  OrderedTaker(std::vector<SearchedFile>& files, const FileVisitor& visitor)
      : files_(files), visitor_(visitor), is_searched_(files.size()) {}

  void Searched(std::size_t i) {
    const SearchedFile& file = files_[i];
    if (file.samples != nullptr) waiting_ += file.samples->memory_bytes();
    is_searched_[i].store(true, std::memory_order_release);
    std::unique_lock taking(taking_, std::defer_lock);
    if (waiting_ > kMostWaitingBytes) {
      taking.lock();
    } else if (!taking.try_lock()) {
      return;
    }
    TakeWhatIsNext();
  }

  /// Called when all files are searched. Returns the changed files in order.
  std::vector<std::uint32_t> Finish() && {
    TakeWhatIsNext();
    return std::move(changed_);
  }

 private:
  static constexpr std::size_t kMostWaitingBytes = std::size_t{4} << 20;

  void TakeWhatIsNext() {
    for (; next_ < files_.size() &&
           is_searched_[next_].load(std::memory_order_acquire);
         ++next_) {
      SearchedFile& file = files_[next_];
      if (file.samples == nullptr) {
        changed_.push_back(file.file);
        continue;
      }
      const std::size_t bytes = file.samples->memory_bytes();
      visitor_.take(file);
      file.samples.reset();
      waiting_ -= bytes;
    }
  }

  std::vector<SearchedFile>& files_;  // those before next_ were taken
  const FileVisitor& visitor_;
  std::vector<std::atomic<bool>> is_searched_;
  std::atomic<std::size_t> waiting_ = 0;  // bytes of samples
  std::mutex taking_;                     // guards all below
  std::size_t next_ = 0;
  std::vector<std::uint32_t> changed_;
};

}  // namespace

std::vector<SearchedFile> GroupByFile(const RowsToRead& rows) {
  std::map<std::pair<std::uint32_t, bool>, SearchedFile> by_file;
  const auto add = [&](const StoredRow* row, bool subtracts) {
    SearchedFile& found = by_file[{row->file, subtracts}];
    found.file = row->file;
    found.subtracts = subtracts;
    found.rows.push_back(row);
  };
  for (const StoredRow* row : rows.added) add(row, false);
  for (const StoredRow* row : rows.subtracted) add(row, true);
  std::vector<SearchedFile> files;
  for (auto& [key, file] : by_file) {
    file.index = files.size();
    files.push_back(std::move(file));
  }
  return files;
}

Result<std::vector<std::string>> SearchFiles(FolderIndex& index,
                                             const Snapshot& snapshot,
                                             std::vector<SearchedFile> files,
                                             const CallContext& call,
                                             const FileVisitor& visitor) {
  OrderedTaker taker(files, visitor);
  PMCP_TRY_VOID(
      ParallelFor(files.size(), call, "profiles searched", [&](std::size_t i) {
        auto samples = index.Samples(snapshot.files[files[i].file]);
        // An error means that the file changed: the snapshot has only readable
        // files.
        if (samples.ok()) {
          files[i].samples = *std::move(samples);
          visitor.search(files[i]);
        }
        taker.Searched(i);
      }));
  std::vector<std::string> changed;
  for (const std::uint32_t file : std::move(taker).Finish()) {
    changed.push_back(snapshot.store.files()[file].path);
  }
  return changed;
}

}  // namespace pmcp::store
