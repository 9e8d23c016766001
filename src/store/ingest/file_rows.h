// FileRows: the part of one file that the index keeps. It answers every
// question about labels and about values over time. FileSamples has the
// samples.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "profile/words/labels.h"
#include "store/files/counter_sketch.h"
#include "store/ingest/series_key.h"

namespace pmcp::store {

/// The values of one series in one file.
struct FileRow {
  // Shared by the rows of this series in all files, and by the snapshots of the
  // index that have them.
  std::shared_ptr<const SeriesKey> series;
  /// The sum of all positive values, including those without a stack.
  std::int64_t total = 0;
  std::uint32_t partition = 0;    // of FileSamples::partitions
  std::uint32_t value_index = 0;  // of Profile::sample_types
};

struct FileRows {
  TimePoint time;
  /// The duration of the recording, which starts at `time`; not negative.
  std::chrono::nanoseconds duration{0};
  /// A UUID, the same for the same file on every start (ProfileId).
  std::string profile_id;
  /// The labels of the file, without those of its samples. Profiles with equal
  /// ones are of one process, as far as labels tell. Shared like
  /// FileRow::series.
  std::shared_ptr<const profile::Labels> process;
  /// Empty unless the file's counters count since the start of the process.
  CounterSketch counters;
  /// Sorted by partition, then by value index.
  std::vector<FileRow> rows;
};

}  // namespace pmcp::store
