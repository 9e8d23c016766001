// Answers of querier.v1, encoded: the server's side of the codec.
#pragma once

#include <string>
#include <vector>

#include "profile/heatmap.h"
#include "profile/labels.h"
#include "profile/pprof.h"
#include "profile/profile_type.h"
#include "profile/series.h"
#include "profile/stack_tree.h"
#include "pyroscope/wire_labels.h"

namespace pmcp::test {

std::string EncodeAnswer(const std::vector<profile::ProfileType>& types);
std::string EncodeAnswer(const std::vector<std::string>& names);
std::string EncodeAnswer(const std::vector<profile::Labels>& sets);
std::string EncodeAnswer(const std::vector<profile::Series>& series);
std::string EncodeAnswer(const std::vector<profile::HeatmapSeries>& series);
std::string EncodeAnswer(const pyroscope::ProfileStats& stats);

/// The field `tree` (docs/pyroscope-behavior.md, "Tree format").
std::string EncodeTree(const profile::StackTree& tree);
/// The field `flamegraph` (docs/pyroscope-behavior.md, "Flame graph format"),
/// nothing cut.
std::string EncodeFlamegraph(const profile::StackTree& tree);
/// The field `pprof`.
std::string EncodePprofAnswer(const profile::Profile& profile);

}  // namespace pmcp::test
