// Heatmap: the distribution of values over time, and the exemplars of each
// cell, as Pyroscope's SelectHeatmap answers them (docs/pyroscope-behavior.md,
// "Heatmaps"). Pure.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/time_range.h"
#include "profile/time/exemplar.h"
#include "profile/words/labels.h"

namespace pmcp::profile {

inline constexpr std::size_t kHeatmapBuckets = 20;

/// One time slot: its right edge, and for each bucket the lower bound and the
/// number of values in it. Slots without values are omitted.
struct HeatmapSlot {
  TimePointMs timestamp;
  std::array<double, kHeatmapBuckets> lower_bounds{};
  std::array<std::int32_t, kHeatmapBuckets> counts{};
  /// At most one per bucket, that with the largest value; sorted by value, the
  /// largest first.
  std::vector<Exemplar> exemplars;
};

struct HeatmapSeries {
  std::vector<Label> labels;  // in the order of the group-by
  std::vector<HeatmapSlot> slots;
};

/// A summand of a counted value: the value of one series in a profile, or one
/// sample of a span. There may be as many as samples, so it owns nothing and
/// refers to data of the caller.
struct HeatmapPoint {
  TimePointMs timestamp;  // of the profile, even for a span
  std::string_view profile_id;
  std::uint64_t span_id = 0;
  std::string_view trace_id;  // 16 bytes, or empty
  std::int64_t value = 0;
  std::uint32_t group = 0;  // index into the groups
  const Labels* series = nullptr;
};

struct HeatmapOptions {
  TimeRange range;
  std::chrono::milliseconds step;
  bool exemplars = false;
  /// The number of series to keep, those with the most values; 0 keeps all.
  std::size_t limit = 0;
};

/// Points of one group with equal time and ids add up to one value. All series
/// have the same bounds of buckets, which depend on all values. `groups` have
/// different labels. The result is sorted by labels, or by the number of values
/// if `limit` removed some series. A slot at t holds (t - step, t]. The first
/// slot is at the start of the range; values before it or after the last slot
/// are clamped into these.
std::vector<HeatmapSeries> MakeHeatmap(
    std::vector<HeatmapPoint> points,
    std::span<const std::vector<Label>> groups, const HeatmapOptions& options);

}  // namespace pmcp::profile
