// SeriesSummary: what a reader wants to know of a series without its points.
// Pure.
#pragma once

#include <chrono>
#include <vector>

#include "base/time_range.h"
#include "profile/time/series.h"

namespace pmcp::profile {

/// What a bucket without a point says. Of a cost: that nothing was spent. Of a
/// level, such as memory in use: nothing, as nobody looked.
enum class EmptyBuckets { kAreZero, kAreUnknown };

/// Of the buckets inside the window. Values are sums of a bucket in the raw
/// unit.
struct SeriesSummary {
  double total = 0;
  double min = 0;
  double mean = 0;
  double max = 0;
  double last = 0;
  std::vector<double> buckets;  // NaN where nothing is known
};

/// `grid` is the range that was asked for: points at or before its start lie
/// before the window and are dropped (docs/pyroscope-behavior.md, "Series
/// buckets").
SeriesSummary Summarize(const Series& series, const TimeRange& grid,
                        std::chrono::milliseconds step,
                        EmptyBuckets empty = EmptyBuckets::kAreZero);

}  // namespace pmcp::profile
