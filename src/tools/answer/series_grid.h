// SeriesGrid: the buckets of a question about cost in time, laid over the
// window that was asked for.
#pragma once

#include <chrono>
#include <string_view>

#include "base/result.h"
#include "base/time_range.h"

namespace pmcp::tools {

/// What SelectSeries is asked: `range` is a whole number of steps and ends
/// where the window ends, so that no tail is lost; it may begin up to a step
/// before the window, which the answer states.
struct SeriesGrid {
  TimeRange range;
  std::chrono::milliseconds step;

  std::int64_t buckets() const { return range.length() / step; }
};

/// More points than this are more than a reader can use.
inline constexpr std::int64_t kMaxBuckets = 11'000;

/// The usual scrape interval.
inline constexpr std::chrono::milliseconds kUsualMinStep{15'000};

/// `step` is a length of time ("15s", "5m"), or "" for one that gives up to 60
/// buckets: `min_step`, or a round length that is a multiple of it, so that
/// each bucket holds equally many profiles.
/// A bucket is open at its left edge, so a profile at the very start of the
/// window is in none. `with_start` adds a bucket for it: right where nothing
/// lies before the window, as in the default window of a folder.
Result<SeriesGrid> MakeSeriesGrid(
    const TimeRange& window, std::string_view step, bool with_start,
    std::chrono::milliseconds min_step = kUsualMinStep);

}  // namespace pmcp::tools
