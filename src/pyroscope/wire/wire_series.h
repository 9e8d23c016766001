// Decodes the answers of SelectSeries and SelectHeatmap.
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

/// kBadResponse unless each slot has profile::kHeatmapBuckets buckets. The
/// exemplars of a slot are sorted by value, largest first.
Result<std::vector<profile::HeatmapSeries>> DecodeSelectHeatmap(
    std::string_view message);

}  // namespace pmcp::pyroscope
