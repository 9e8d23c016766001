#include "profile/time/heatmap.h"

#include <fmt/core.h>

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "profile/time/series.h"
#include "profile/words/wrapping_add.h"

namespace pmcp::profile {
namespace {

auto KeyOf(const HeatmapPoint& point) {
  return std::tie(point.group, point.timestamp, point.span_id, point.trace_id,
                  point.profile_id);
}

// A counted value, and the points that it is the sum of.
struct Value {
  std::span<const HeatmapPoint> points;
  std::int64_t sum = 0;

  const HeatmapPoint& first() const { return points.front(); }
};

// By group, then by time, then by ids. Of equal sums in a cell, Pyroscope shows
// the first one in this order.
std::vector<Value> SumEqualPoints(std::vector<HeatmapPoint>& points) {
  std::ranges::sort(points, [](const HeatmapPoint& a, const HeatmapPoint& b) {
    return KeyOf(a) < KeyOf(b);
  });
  std::vector<Value> values;
  for (auto begin = points.begin(); begin != points.end();) {
    Value value;
    auto end = begin;
    for (; end != points.end() && KeyOf(*end) == KeyOf(*begin); ++end) {
      value.sum = WrappingAdd(value.sum, end->value);
    }
    value.points = {begin, end};
    values.push_back(value);
    begin = end;
  }
  return values;
}

// Buckets of equal width from the smallest to the largest value. If the buckets
// are narrower than 1, several have the same lower bound, and only the last of
// these has values.
class ValueBuckets {
 public:
  explicit ValueBuckets(const std::vector<Value>& values) {
    const auto [min, max] = std::ranges::minmax(values, {}, &Value::sum);
    const auto first = static_cast<std::uint64_t>(min.sum);
    const std::uint64_t range = static_cast<std::uint64_t>(max.sum) - first;
    // Floating point, truncated for each bucket, as in Pyroscope: integer
    // arithmetic would sometimes give other bounds.
    const double width =
        static_cast<double>(std::max<std::uint64_t>(range, 1)) /
        kHeatmapBuckets;
    for (std::size_t i = 0; i < kHeatmapBuckets; ++i) {
      const double offset = static_cast<double>(i) * width;
      bounds_[i] =
          static_cast<std::int64_t>(first + static_cast<std::uint64_t>(offset));
    }
  }

  std::size_t IndexOf(std::int64_t value) const {
    const auto above = std::ranges::upper_bound(bounds_, value);
    return static_cast<std::size_t>(above - bounds_.begin()) - 1;
  }

  std::array<double, kHeatmapBuckets> lower_bounds() const {
    std::array<double, kHeatmapBuckets> bounds;
    std::ranges::transform(bounds_, bounds.begin(), [](std::int64_t bound) {
      return static_cast<double>(bound);
    });
    return bounds;
  }

 private:
  std::array<std::int64_t, kHeatmapBuckets> bounds_;
};

// As the buckets of a series (SeriesBuckets), but the tail of a window that is
// not a multiple of the step has a slot too.
class TimeSlots {
 public:
  explicit TimeSlots(const HeatmapOptions& options)
      : buckets_(options.range, options.step),
        last_edge_(RoundUp(options.range, options.step)) {}

  TimePointMs EdgeOf(TimePointMs time) const {
    const std::int64_t index = buckets_.IndexOf(time);
    return index < 0 ? last_edge_ : buckets_.Edge(index);
  }

 private:
  // The first edge at or after the end of the range. Must not overflow: ranges
  // and steps are untrusted.
  static TimePointMs RoundUp(const TimeRange& range,
                             std::chrono::milliseconds step) {
    const std::int64_t from = range.from.time_since_epoch().count();
    const std::int64_t to = range.to.time_since_epoch().count();
    const std::uint64_t beyond =
        (static_cast<std::uint64_t>(to) - static_cast<std::uint64_t>(from)) %
        static_cast<std::uint64_t>(step.count());
    if (beyond == 0) return range.to;
    std::int64_t edge = 0;
    if (__builtin_add_overflow(
            to, step.count() - static_cast<std::int64_t>(beyond), &edge)) {
      return TimePointMs::max();
    }
    return TimePointMs(std::chrono::milliseconds(edge));
  }

  SeriesBuckets buckets_;
  TimePointMs last_edge_;
};

std::string HexOf(std::string_view bytes) {
  std::string hex;
  for (const char byte : bytes) {
    hex += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  }
  return hex;
}

Exemplar ExemplarOf(const Value& value, std::span<const Label> group) {
  const HeatmapPoint& point = value.first();
  std::vector<const Labels*> series;
  for (const HeatmapPoint& part : value.points) series.push_back(part.series);
  return {.timestamp = point.timestamp,
          .profile_id = std::string(point.profile_id),
          .span_id =
              point.span_id == 0 ? "" : fmt::format("{:016x}", point.span_id),
          .trace_id = HexOf(point.trace_id),
          .value = value.sum,
          .labels = ExemplarLabels(series, group)};
}

// Fills the slots of one series, whose values are added in the order of time.
class SeriesMaker {
 public:
  SeriesMaker(const ValueBuckets& buckets, std::span<const Label> group,
              bool with_exemplars)
      : buckets_(buckets), with_exemplars_(with_exemplars) {
    series_.labels.assign(group.begin(), group.end());
  }

  void Add(TimePointMs edge, const Value& value) {
    if (series_.slots.empty() || series_.slots.back().timestamp != edge) {
      FinishSlot();
      series_.slots.push_back(
          {.timestamp = edge, .lower_bounds = buckets_.lower_bounds()});
    }
    const std::size_t bucket = buckets_.IndexOf(value.sum);
    ++series_.slots.back().counts[bucket];
    const Value*& largest = largest_[bucket];
    if (largest == nullptr || value.sum > largest->sum) largest = &value;
  }

  HeatmapSeries Finish() {
    FinishSlot();
    return std::move(series_);
  }

 private:
  void FinishSlot() {
    const auto largest = std::exchange(largest_, {});
    if (!with_exemplars_) return;
    for (auto value = largest.rbegin(); value != largest.rend(); ++value) {
      if (*value == nullptr) continue;
      series_.slots.back().exemplars.push_back(
          ExemplarOf(**value, series_.labels));
    }
  }

  const ValueBuckets& buckets_;
  const bool with_exemplars_;
  HeatmapSeries series_;
  // For each bucket of the last slot; null if the bucket is empty.
  std::array<const Value*, kHeatmapBuckets> largest_{};
};

std::int64_t CountOf(const HeatmapSeries& series) {
  std::int64_t count = 0;
  for (const HeatmapSlot& slot : series.slots) {
    for (const std::int32_t values : slot.counts) count += values;
  }
  return count;
}

void SortAndCut(std::vector<HeatmapSeries>& all, std::size_t limit) {
  std::ranges::sort(all, {}, &HeatmapSeries::labels);
  if (limit == 0 || all.size() <= limit) return;
  std::ranges::stable_sort(all, std::ranges::greater(), CountOf);
  all.resize(limit);
}

}  // namespace

std::vector<HeatmapSeries> MakeHeatmap(
    std::vector<HeatmapPoint> points,
    std::span<const std::vector<Label>> groups, const HeatmapOptions& options) {
  if (points.empty()) return {};
  const std::vector<Value> values = SumEqualPoints(points);
  const ValueBuckets buckets(values);
  const TimeSlots slots(options);

  std::vector<HeatmapSeries> all;
  for (auto value = values.begin(); value != values.end();) {
    const std::uint32_t group = value->first().group;
    SeriesMaker maker(buckets, groups[group], options.exemplars);
    for (; value != values.end() && value->first().group == group; ++value) {
      maker.Add(slots.EdgeOf(value->first().timestamp), *value);
    }
    all.push_back(maker.Finish());
  }
  SortAndCut(all, options.limit);
  return all;
}

}  // namespace pmcp::profile
