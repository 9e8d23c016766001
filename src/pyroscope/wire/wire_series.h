// Answers of SelectSeries and SelectHeatmap, decoded.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "profile/time/heatmap.h"
#include "profile/time/series.h"
#include "pyroscope/wire/wire_reader.h"

namespace pmcp::pyroscope {

Result<std::vector<profile::Series>> DecodeSelectSeries(
    std::string_view message, const WireLimits& limits = {});

/// kBadResponse when a slot has another number of buckets than
/// profile::kHeatmapBuckets.
Result<std::vector<profile::HeatmapSeries>> DecodeSelectHeatmap(
    std::string_view message);

}  // namespace pmcp::pyroscope
