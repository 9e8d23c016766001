// SeriesSummary: statistics of a series, for answers without its points. Pure.
#pragma once

#include <chrono>
#include <vector>

#include "base/time_range.h"
#include "profile/time/series.h"

namespace pmcp::profile {

/// The meaning of a bucket without a point. For a cost, nothing was spent. For
/// a level, such as memory in use, nothing was measured.
enum class EmptyBuckets { kAreZero, kAreUnknown };

/// Statistics of the buckets inside the window. Values are sums of a bucket in
/// the raw unit.
struct SeriesSummary {
  double total = 0;
  double min = 0;
  double mean = 0;
  double max = 0;
  double last = 0;
  std::vector<double> buckets;  // NaN for an unknown value
};

/// `grid` is the queried range. Points at or before its start lie before the
/// window and are dropped (docs/pyroscope-behavior.md, "Series buckets").
SeriesSummary Summarize(const Series& series, const TimeRange& grid,
                        std::chrono::milliseconds step,
                        EmptyBuckets empty = EmptyBuckets::kAreZero);

}  // namespace pmcp::profile
