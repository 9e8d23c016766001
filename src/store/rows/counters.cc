#include "store/rows/counters.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>

namespace pmcp::store {
namespace {

/// Indices of files, in the order of their times.
using Files = std::vector<std::uint32_t>;

class CounterReader {
 public:
  explicit CounterReader(const std::vector<StoredFile>& files)
      : files_(files), all_(files.size()) {}

  std::vector<FileCounters> Read() && {
    std::uint32_t number = 0;
    for (const Files& equal_labels : GroupByLabels()) {
      for (const std::uint32_t file : equal_labels) {
        all_[file].process = number;
      }
      ReadProcesses(GroupByVdso(equal_labels));
      ++number;
    }
    return std::move(all_);
  }

 private:
  const FileRows& RowsOf(std::uint32_t file) const {
    return *files_[file].rows;
  }
  TimePoint TimeOf(std::uint32_t file) const { return RowsOf(file).time; }

  std::vector<Files> GroupByLabels() const {
    const auto less = [](const auto* a, const auto* b) { return *a < *b; };
    std::map<const profile::Labels*, Files, decltype(less)> by_labels(less);
    for (std::uint32_t i = 0; i < files_.size(); ++i) {
      if (!RowsOf(i).counters.stacks.empty()) {
        by_labels[RowsOf(i).process.get()].push_back(i);
      }
    }
    std::vector<Files> groups;
    for (auto& [labels, files] : by_labels) {
      std::ranges::stable_sort(files, {}, [&](auto i) { return TimeOf(i); });
      groups.push_back(std::move(files));
    }
    return groups;
  }

  std::vector<Files> GroupByVdso(const Files& files) const {
    std::map<std::uint64_t, Files> by_vdso;
    for (const std::uint32_t i : files) {
      by_vdso[RowsOf(i).counters.vdso].push_back(i);
    }
    std::vector<Files> groups;
    for (auto& [vdso, group] : by_vdso) groups.push_back(std::move(group));
    return groups;
  }

  /// Processes with equal labels.
  void ReadProcesses(std::vector<Files> processes) {
    Pairs pairs;
    for (const Files& process : processes) ReadProcess(process, pairs);
    if (pairs.continued > 0 && pairs.continued >= pairs.others) {
      MarkRestarts(std::move(processes));
      return;
    }
    const CounterPlace place =
        pairs.others == 0 ? CounterPlace::kAlone : CounterPlace::kApart;
    for (const Files& process : processes) {
      for (const std::uint32_t file : process) all_[file].place = place;
    }
  }

  /// A profile and the one before it.
  struct Pairs {
    std::size_t continued = 0;
    std::size_t others = 0;
  };

  void ReadProcess(const Files& process, Pairs& pairs) {
    // The last file of an earlier moment.
    const std::uint32_t* before = nullptr;
    for (std::size_t i = 0; i < process.size(); ++i) {
      if (i > 0 && TimeOf(process[i - 1]) < TimeOf(process[i])) {
        before = &process[i - 1];
      }
      FileCounters& file = all_[process[i]];
      file.place = CounterPlace::kFirst;
      if (before == nullptr) continue;
      file.previous = *before;
      const bool continues =
          Continues(RowsOf(process[i]).counters, RowsOf(*before).counters);
      file.place = continues ? CounterPlace::kNext : CounterPlace::kRestart;
      ++(continues ? pairs.continued : pairs.others);
    }
  }

  /// Marks the first files of each process that started after all others, of
  /// those that started earlier, had ended.
  void MarkRestarts(std::vector<Files> processes) {
    const auto start_of = [&](const Files& files) {
      return TimeOf(files.front());
    };
    std::ranges::sort(processes, {}, start_of);
    TimePoint start = start_of(processes.front());
    TimePoint latest_end = TimePoint::max();  // of those before `start`
    TimePoint end = TimePoint::min();         // of those so far
    for (const Files& process : processes) {
      if (start_of(process) != start) {
        start = start_of(process);
        latest_end = end;
      }
      end = std::max(end, TimeOf(process.back()));
      if (latest_end < start) SetFirst(process, CounterPlace::kRestart);
    }
  }

  /// Sets the place of the files of the first moment.
  void SetFirst(const Files& process, CounterPlace place) {
    const TimePoint start = TimeOf(process.front());
    for (const std::uint32_t file : process) {
      if (TimeOf(file) != start) break;
      all_[file].place = place;
    }
  }

  const std::vector<StoredFile>& files_;
  std::vector<FileCounters> all_;
};

}  // namespace

std::vector<FileCounters> FindCounters(const std::vector<StoredFile>& files) {
  return CounterReader(files).Read();
}

}  // namespace pmcp::store
