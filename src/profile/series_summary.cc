#include "profile/series_summary.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace pmcp::profile {

SeriesSummary Summarize(const Series& series, const TimeRange& grid,
                        std::chrono::milliseconds step) {
  SeriesSummary summary;
  const auto count = static_cast<std::size_t>(grid.length() / step);
  if (count == 0) return summary;
  summary.buckets.assign(count, 0);
  for (const Point& point : series.points) {
    if (point.timestamp <= grid.from) continue;
    const auto index = static_cast<std::size_t>(
        (point.timestamp - grid.from - std::chrono::milliseconds(1)) / step);
    if (index < count) summary.buckets[index] += point.value;
  }
  const auto& buckets = summary.buckets;
  summary.total = std::accumulate(buckets.begin(), buckets.end(), 0.0);
  const auto [min, max] = std::minmax_element(buckets.begin(), buckets.end());
  summary.min = *min;
  summary.max = *max;
  summary.mean = summary.total / static_cast<double>(count);
  summary.last = buckets.back();
  return summary;
}

}  // namespace pmcp::profile
