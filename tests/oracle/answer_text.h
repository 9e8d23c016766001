// Answers as text, one thing a line, so that two of them are compared and their
// first difference shown. Ours and the recorded ones are written alike.
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
/// Name, self and total of each node.
std::string TreeText(const profile::StackTree& tree);
/// Series in their order; a line with the labels, then one a point and one an
/// exemplar, whose profile id is left out: the server gave it out at random.
std::string SeriesText(const std::vector<profile::Series>& all);
/// A line a slot and one an exemplar, of which the order is free.
std::string HeatmapText(const std::vector<profile::HeatmapSeries>& all);

/// A node of a drawn diff.
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
/// In the order in which it is drawn, level by level.
std::vector<DiffLine> DiffLines(const profile::DiffTree& tree);
std::string DiffText(const std::vector<DiffLine>& lines);

/// Header and samples. A server leaves out all of a profile without samples.
std::string ProfileText(const profile::Profile& profile);

}  // namespace pmcp::oracle
