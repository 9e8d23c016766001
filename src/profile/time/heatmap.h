// Heatmap: how values are spread in time, and the exemplars of each cell, as
// SelectHeatmap gives them (docs/pyroscope-behavior.md, "Heatmaps"). Pure.
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

/// One time slot: its right edge, and per bucket the lower bound and how many
/// values lie in it. Slots without values are absent.
struct HeatmapSlot {
  TimePointMs timestamp;
  std::array<double, kHeatmapBuckets> lower_bounds{};
  std::array<std::int32_t, kHeatmapBuckets> counts{};
  /// At most one a bucket, the largest value of it; largest first.
  std::vector<Exemplar> exemplars;
};

struct HeatmapSeries {
  std::vector<Label> labels;  // in the order of the group-by
  std::vector<HeatmapSlot> slots;
};

/// A part of a value that is counted: what one series has of a profile, or one
/// sample of a span. There may be as many as samples, so it owns nothing:
/// what it refers to is the caller's.
struct HeatmapPoint {
  TimePointMs timestamp;  // of the profile, for a span too
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
  /// Keep the series with the most values; 0 keeps all.
  std::size_t limit = 0;
};

/// Points of one group with the same time and ids are one value, their sum.
/// The bounds of the buckets are those of all values together. `groups` have
/// different labels; their series come by labels, or by count when `limit` cut
/// some. A slot at t holds (t - step, t]; what is before the first one (at the
/// start of the range) or after the last is clamped into it.
std::vector<HeatmapSeries> MakeHeatmap(
    std::vector<HeatmapPoint> points,
    std::span<const std::vector<Label>> groups, const HeatmapOptions& options);

}  // namespace pmcp::profile
