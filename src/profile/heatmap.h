// Heatmap: how values are spread in time, and the exemplars of each cell, as
// SelectHeatmap gives them (reference 4.4). Pure.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/time_range.h"
#include "profile/exemplar.h"
#include "profile/labels.h"

namespace pmcp::profile {

inline constexpr std::size_t kHeatmapBuckets = 20;

/// One time slot: its right edge, and per bucket the lower bound and how many
/// values lie in it. Slots without values are absent.
struct HeatmapSlot {
  TimePointMs timestamp;
  std::array<double, kHeatmapBuckets> lower_bounds{};
  std::array<std::int32_t, kHeatmapBuckets> counts{};
  std::vector<Exemplar> exemplars;  // at most one a bucket, by value, largest first
};

struct HeatmapSeries {
  std::vector<Label> labels;  // in the order of the group-by
  std::vector<HeatmapSlot> slots;
};

/// One value that is counted: a profile, or a span of a profile. `timestamp`
/// is that of the profile.
struct HeatmapPoint {
  Exemplar exemplar;
  std::vector<Label> group;  // in the order of the group-by
};

struct HeatmapOptions {
  TimeRange range;
  std::chrono::milliseconds step;
  bool exemplars = false;
  /// Keep the series with the most values; 0 keeps all.
  std::size_t limit = 0;
};

/// The bounds of the buckets are those of all points together. Series come by
/// labels, or by count when `limit` cut some.
std::vector<HeatmapSeries> MakeHeatmap(std::vector<HeatmapPoint> points,
                                       const HeatmapOptions& options);

}  // namespace pmcp::profile
