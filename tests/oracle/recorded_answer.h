// Converts recorded answers to the types of the domain.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/result.h"
#include "profile/pprof/pprof.h"
#include "profile/time/heatmap.h"
#include "profile/time/series.h"
#include "tests/oracle/question.h"

namespace pmcp::oracle {

std::vector<profile::Label> LabelsOf(const nlohmann::json& object);
std::vector<profile::Series> SeriesOf(const nlohmann::json& response);
std::vector<profile::HeatmapSeries> HeatmapOf(const nlohmann::json& response);

/// For SelectMergeStacktraces in pprof format and SelectMergeProfile.
Result<profile::Profile> ProfileOf(const Question& question);

}  // namespace pmcp::oracle
