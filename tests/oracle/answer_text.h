// Answers as text, one item per line, so that tests can compare them and show
// the first difference. Recorded answers are written in the same way.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "profile/pprof/pprof.h"
#include "profile/stacks/profile_diff.h"
#include "profile/stacks/stack_tree.h"
#include "profile/time/heatmap.h"
#include "profile/time/series.h"

namespace pmcp::oracle {

std::string ListText(const std::vector<std::string>& lines);
/// The name, self and total of each node.
std::string TreeText(const profile::StackTree& tree);
/// Series in their order: a line with the labels, then one line per point and
/// one per exemplar, without its profile id, which the server assigned at
/// random.
std::string SeriesText(const std::vector<profile::Series>& all);
/// One line per slot and one per exemplar. Exemplars are sorted, as their order
/// is unspecified.
std::string HeatmapText(const std::vector<profile::HeatmapSeries>& all);

/// A node of a diff as a flame graph.
struct DiffLine {
  struct Side {
    std::int64_t x = 0;
    std::int64_t total = 0;
    std::int64_t self = 0;
  };
  std::size_t depth = 0;
  std::string name;
  Side left;
  Side right;
};
/// The nodes in the order of a flame graph, level by level.
std::vector<DiffLine> DiffLines(const profile::DiffTree& tree);
std::string DiffText(const std::vector<DiffLine>& lines);

/// The header and the samples. A server omits the header of a profile without
/// samples.
std::string ProfileText(const profile::Profile& profile);

}  // namespace pmcp::oracle
