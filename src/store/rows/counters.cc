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
  void ReadProcesses(const std::vector<Files>& processes) {
    Pairs pairs;
    for (const Files& process : processes) ReadProcess(process, pairs);
    const bool are_counters =
        pairs.continued > 0 && pairs.continued >= pairs.others;
    for (const Files& process : processes) {
      if (are_counters) {
        MarkRestart(process, processes);
      } else {
        for (const std::uint32_t file : process) {
          all_[file].place =
              pairs.others == 0 ? CounterPlace::kAlone : CounterPlace::kApart;
        }
      }
    }
  }

  /// A profile and the one before it.
  struct Pairs {
    std::size_t continued = 0;
    std::size_t others = 0;
  };

  void ReadProcess(const Files& process, Pairs& pairs) {
    for (std::size_t i = 0; i < process.size(); ++i) {
      FileCounters& file = all_[process[i]];
      file.place = CounterPlace::kFirst;
      const std::uint32_t* before = Before(process, i);
      if (before == nullptr) continue;
      file.previous = *before;
      const bool continues =
          Continues(RowsOf(process[i]).counters, RowsOf(*before).counters);
      file.place = continues ? CounterPlace::kNext : CounterPlace::kRestart;
      ++(continues ? pairs.continued : pairs.others);
    }
  }

  /// The last file of an earlier moment than that of process[i], or nullptr.
  const std::uint32_t* Before(const Files& process, std::size_t i) const {
    const TimePoint time = TimeOf(process[i]);
    while (i-- > 0) {
      if (TimeOf(process[i]) < time) return &process[i];
    }
    return nullptr;
  }

  /// Marks the first files of `process` if it started after all others with its
  /// labels that started earlier had ended.
  void MarkRestart(const Files& process, const std::vector<Files>& processes) {
    const TimePoint start = TimeOf(process.front());
    bool is_after_one = false;
    for (const Files& other : processes) {
      if (TimeOf(other.front()) >= start) continue;
      if (TimeOf(other.back()) >= start) return;
      is_after_one = true;
    }
    if (!is_after_one) return;
    for (const std::uint32_t file : process) {
      if (TimeOf(file) != start) break;
      all_[file].place = CounterPlace::kRestart;
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
