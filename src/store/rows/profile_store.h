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

namespace pmcp::store {

/// One file.
struct StoredFile {
  std::string path;  // the value of its label __file__; valid UTF-8
  std::shared_ptr<const FileRows> rows;  // shared with later states
};

/// The value of one series in one file, at one time.
struct StoredRow {
  TimePoint time;
  std::int64_t total = 0;
  std::uint32_t series = 0;  // see SeriesOf; equal series have equal numbers
  std::uint32_t file = 0;    // index into files()
  std::uint32_t row = 0;     // index into FileRows::rows
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
  /// Whether `name` stands for the path of a file.
  bool IsFileLabel(std::string_view name) const;
  /// Of the row's series; of its file if IsFileLabel(name).
  std::string_view LabelOf(const StoredRow& row, std::string_view name) const;

  /// The rows in the window that match the selector, in the order of rows().
  std::vector<const StoredRow*> Select(const source::LabelQuery& query) const;
  /// As above, for one profile type, and without the rows that Pyroscope
  /// excludes from every query of profiles (`__sampled__="true"`).
  std::vector<const StoredRow*> Select(const source::ProfileQuery& query) const;
  /// As above; the rows of all sample types if the query is about all.
  std::vector<const StoredRow*> Select(const source::ExportQuery& query) const;

 private:
  void NumberSeries();
  void AddRows();
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
  bool has_public_file_label_ = false;
};

}  // namespace pmcp::store
