// ProfileStore: the rows of all files and their series. It selects the rows of
// a question; label_questions, series_in_time, heatmaps and merge_stacks
// compute answers from them.
//
// Built for one state of a folder and immutable afterwards, so thread-safe.
// Pure: it reads no files and no clock.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "base/time_range.h"
#include "profile/words/selector.h"
#include "source/query.h"
#include "store/ingest/file_rows.h"
#include "store/ingest/ingest_rules.h"
#include "store/rows/counters.h"

namespace pmcp::store {

/// The value of one series in one file, at one time.
struct StoredRow {
  static constexpr std::uint32_t kNoRow = 0xFFFF'FFFF;

  TimePoint time;
  /// That of FileRow, without what it has in common with `base`.
  std::int64_t total = 0;
  std::uint32_t series = 0;  // see SeriesOf; equal series have equal numbers
  std::uint32_t file = 0;    // index into files()
  std::uint32_t row = 0;     // index into FileRows::rows
  /// Of a counter: the row that it continues, an index into rows().
  std::uint32_t base = kNoRow;
};

class ProfileStore {
 public:
  explicit ProfileStore(std::vector<StoredFile> files,
                        IngestRules rules = IngestRules::kAsPushed);

  const std::vector<StoredFile>& files() const { return files_; }
  /// Sorted by time, then by file, then by index in the file.
  std::span<const StoredRow> rows() const { return rows_; }
  std::size_t series_count() const { return series_.size(); }

  const SeriesKey& SeriesOf(const StoredRow& row) const {
    return *series_[row.series];
  }
  const FileRow& FileRowOf(const StoredRow& row) const {
    return files_[row.file].rows->rows[row.row];
  }
  /// For example "alloc_space".
  std::string_view TypeOf(const StoredRow& row) const {
    return SeriesOf(row).type.sample_type;
  }
  /// Whether `name` stands for the path of a file.
  bool IsFileLabel(std::string_view name) const;
  /// Of the row's series; of its file if IsFileLabel(name).
  std::string_view LabelOf(const StoredRow& row, std::string_view name) const;

  /// The rows in the window that match the selector, in the order of rows().
  std::vector<const StoredRow*> Select(const source::LabelQuery& query) const;
  /// As above, for one profile type, and without the rows that Pyroscope
  /// excludes from every query of profiles (`__sampled__="true"`). If
  /// `profile_ids` is not empty, only those of files with one of these ids.
  ///
  /// The first profile of a process with counters says nothing of the time
  /// that later ones with its labels are about. It is among the rows only if
  /// none of these is.
  std::vector<const StoredRow*> Select(
      const source::ProfileQuery& query,
      const std::vector<std::string>& profile_ids = {}) const;
  /// As above; the rows of all sample types if the query is about all. Then the
  /// first profiles of processes are among them.
  std::vector<const StoredRow*> Select(const source::ExportQuery& query) const;

  /// How the value of a row is to be read: kNone unless it is a counter.
  CounterPlace PlaceOf(const StoredRow& row) const;
  /// FileCounters::process, of a row that is a counter.
  std::uint32_t ProcessOf(const StoredRow& row) const {
    return counters_[row.file].process;
  }

 private:
  void NumberSeries();
  void AddRows();
  void SubtractCounters();
  /// Keeps the rows of files with one of the ids; all if there is no id.
  void KeepProfiles(const std::vector<std::string>& profile_ids,
                    std::vector<const StoredRow*>& rows) const;
  void DropFirstCounters(std::vector<const StoredRow*>& rows) const;
  std::span<const StoredRow> InWindow(const TimeRange& range) const;
  template <typename KeepsSeries>
  std::vector<const StoredRow*> SelectWhere(
      const profile::LabelSelector& selector, const TimeRange& range,
      KeepsSeries keeps) const;

  std::vector<StoredFile> files_;
  // Sorted, without duplicates. Owned by the rows of files_.
  std::vector<const SeriesKey*> series_;
  std::unordered_map<const SeriesKey*, std::uint32_t> number_of_series_;
  std::vector<StoredRow> rows_;
  std::vector<FileCounters> counters_;  // by file
  bool has_public_file_label_ = false;
};

}  // namespace pmcp::store
