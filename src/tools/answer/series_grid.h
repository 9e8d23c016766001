// SeriesGrid: the buckets of a time series query over the given window.
#pragma once

#include <chrono>
#include <string_view>

#include "base/result.h"
#include "base/time_range.h"

namespace pmcp::tools {

/// The range and step of SelectSeries. `range` is a whole number of steps and
/// ends with the window, so that no tail is lost. It may begin up to one step
/// before the window, which the answer states.
struct SeriesGrid {
  TimeRange range;
  std::chrono::milliseconds step;

  std::int64_t buckets() const { return range.length() / step; }
};

/// The maximum number of points of a series, which is more than a reader can
/// use.
inline constexpr std::int64_t kMaxBuckets = 11'000;

/// The usual scrape interval.
inline constexpr std::chrono::milliseconds kUsualMinStep{15'000};

/// `step` is a duration ("15s", "5m"), or "" for at most 60 buckets: then the
/// step is `min_step` or a round multiple of it, so that each bucket has the
/// same number of profiles.
///
/// A bucket excludes its left edge, so a profile at the very start of the
/// window is in no bucket. `with_start` adds a bucket for it, which is correct
/// if there is no data before the window, as in the default window of a folder.
Result<SeriesGrid> MakeSeriesGrid(
    const TimeRange& window, std::string_view step, bool with_start,
    std::chrono::milliseconds min_step = kUsualMinStep);

}  // namespace pmcp::tools
