#include "profile/time/series_summary.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <limits>
#include <numeric>

namespace pmcp::profile {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

std::vector<double> BucketsOf(const Series& series, const TimeRange& grid,
                              std::chrono::milliseconds step,
                              EmptyBuckets empty) {
  std::vector<double> buckets(static_cast<std::size_t>(grid.length() / step),
                              empty == EmptyBuckets::kAreZero ? 0 : kUnknown);
  for (const Point& point : series.points) {
    if (point.timestamp <= grid.from) continue;
    const auto index = static_cast<std::size_t>(
        (point.timestamp - grid.from - std::chrono::milliseconds(1)) / step);
    if (index >= buckets.size()) continue;
    double& bucket = buckets[index];
    bucket = std::isnan(bucket) ? point.value : bucket + point.value;
  }
  return buckets;
}

}  // namespace

SeriesSummary Summarize(const Series& series, const TimeRange& grid,
                        std::chrono::milliseconds step, EmptyBuckets empty) {
  SeriesSummary summary{.buckets = BucketsOf(series, grid, step, empty)};
  std::vector<double> known;
  std::ranges::copy_if(summary.buckets, std::back_inserter(known),
                       [](double bucket) { return !std::isnan(bucket); });
  if (known.empty()) return summary;
  summary.total = std::accumulate(known.begin(), known.end(), 0.0);
  const auto [min, max] = std::ranges::minmax(known);
  summary.min = min;
  summary.max = max;
  summary.mean = summary.total / static_cast<double>(known.size());
  summary.last = known.back();
  return summary;
}

}  // namespace pmcp::profile
