// Answers of querier.v1, encoded: the server's side of the codec.
#pragma once

#include <string>
#include <vector>

#include "profile/pprof/pprof.h"
#include "profile/stacks/stack_tree.h"
#include "profile/time/heatmap.h"
#include "profile/time/series.h"
#include "profile/words/labels.h"
#include "profile/words/profile_type.h"
#include "pyroscope/wire/wire_labels.h"

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
