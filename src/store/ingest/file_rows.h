// FileRows: what the index keeps of one file. Enough for every question about
// labels and about values in time; the samples are FileSamples' matter.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "store/ingest/series_key.h"

namespace pmcp::store {

/// What one series has in this file.
struct FileRow {
  // Shared by all rows of that series, in this file and in others, and by the
  // snapshots of the index that hold them.
  std::shared_ptr<const SeriesKey> series;
  /// The sum of all positive values, those without a stack included.
  std::int64_t total = 0;
  std::uint32_t partition = 0;    // of FileSamples::partitions
  std::uint32_t value_index = 0;  // of Profile::sample_types
};

struct FileRows {
  TimePoint time;
  /// How long the profile was recorded from then on; not negative.
  std::chrono::nanoseconds duration{0};
  /// A UUID of our own: the same for the same file on every start.
  std::string profile_id;
  /// By partition, then by value index.
  std::vector<FileRow> rows;
};

}  // namespace pmcp::store
