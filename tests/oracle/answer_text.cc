#include "tests/oracle/answer_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "tests/support/collapsed.h"
#include "tests/support/profile_text.h"

namespace pmcp::oracle {
namespace {

using profile::DiffNode;
using profile::Exemplar;

/// Sorted by value, the largest first, then by all other fields.
std::string ExemplarsText(std::vector<Exemplar> exemplars) {
  std::vector<std::string> lines;
  for (Exemplar& exemplar : exemplars) {
    std::ranges::sort(exemplar.labels);
    lines.push_back(fmt::format("    {} {} span \"{}\" trace \"{}\" {}\n",
                                exemplar.timestamp.time_since_epoch().count(),
                                exemplar.value, exemplar.span_id,
                                exemplar.trace_id,
                                profile::ToString(exemplar.labels)));
  }
  std::ranges::sort(lines);
  return fmt::format("{}", fmt::join(lines, ""));
}

}  // namespace

std::string ListText(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

std::string TreeText(const profile::StackTree& tree) {
  return fmt::format("total {}\n{}", tree.total(), test::ToText(tree));
}

std::string SeriesText(const std::vector<profile::Series>& all) {
  std::string text;
  for (const profile::Series& series : all) {
    text += profile::ToString(series.labels) + "\n";
    for (const profile::Point& point : series.points) {
      text += fmt::format(
          "  {} {}\n", point.timestamp.time_since_epoch().count(), point.value);
      text += ExemplarsText(point.exemplars);
    }
  }
  return text;
}

std::string HeatmapText(const std::vector<profile::HeatmapSeries>& all) {
  std::string text;
  for (const profile::HeatmapSeries& series : all) {
    text += profile::ToString(series.labels) + "\n";
    for (const profile::HeatmapSlot& slot : series.slots) {
      text += fmt::format(
          "  {} from {} counts {}\n", slot.timestamp.time_since_epoch().count(),
          fmt::join(slot.lower_bounds, " "), fmt::join(slot.counts, " "));
      text += ExemplarsText(slot.exemplars);
    }
  }
  return text;
}

std::vector<DiffLine> DiffLines(const profile::DiffTree& tree) {
  std::vector<DiffLine> lines;
  std::vector<DiffLine> next_child;  // its places, for each node
  for (const DiffNode& node : tree.nodes) {
    DiffLine line{.depth = 0,
                  .name = "total",
                  .left = {0, node.left_total, node.left_self},
                  .right = {0, node.right_total, node.right_self}};
    if (!lines.empty()) {
      DiffLine& place = next_child[node.parent];
      line.depth = lines[node.parent].depth + 1;
      line.name = node.name;
      line.left.x = std::exchange(place.left.x, place.left.x + node.left_total);
      line.right.x =
          std::exchange(place.right.x, place.right.x + node.right_total);
    }
    next_child.push_back(line);
    next_child.back().left.x += node.left_self;
    next_child.back().right.x += node.right_self;
    lines.push_back(std::move(line));
  }
  std::ranges::stable_sort(lines, {}, &DiffLine::depth);
  return lines;
}

std::string DiffText(const std::vector<DiffLine>& lines) {
  std::string text;
  for (const DiffLine& line : lines) {
    text += fmt::format("{} {}: {} {} {} | {} {} {}\n", line.depth, line.name,
                        line.left.x, line.left.total, line.left.self,
                        line.right.x, line.right.total, line.right.self);
  }
  return text;
}

std::string ProfileText(const profile::Profile& profile) {
  return profile.samples.size() == 0 ? "no samples\n" : test::FullText(profile);
}

}  // namespace pmcp::oracle
