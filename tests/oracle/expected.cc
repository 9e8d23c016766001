#include "tests/oracle/expected.h"

#include <algorithm>
#include <vector>

#include "tests/oracle/answer_text.h"
#include "tests/oracle/recorded_answer.h"
#include "tests/oracle/recorded_tree.h"

namespace pmcp::oracle {
namespace {

using nlohmann::json;

std::vector<std::string> TypeIds(const json& response) {
  std::vector<std::string> ids;
  for (const json& type : response.value("profileTypes", json::array())) {
    ids.push_back(type.at("ID"));
  }
  return ids;
}

/// Sorts labels and label sets, since their order is not part of the answer.
std::vector<std::string> LabelSets(const json& response) {
  std::vector<std::string> sets;
  for (const json& set : response.value("labelsSet", json::array())) {
    std::vector<profile::Label> labels = LabelsOf(set);
    std::ranges::sort(labels);
    sets.push_back(profile::ToString(labels));
  }
  std::ranges::sort(sets);
  return sets;
}

Result<std::string> TreeOf(const json& response) {
  if (response.contains("flamegraph")) {
    PMCP_TRY(tree, DecodeFlamegraph(response.at("flamegraph")));
    return TreeText(tree);
  }
  PMCP_TRY(tree, DecodeTree(response.value("tree", "")));
  return TreeText(tree);
}

/// For each level [left, total, self, right, total, self, name]*, where left
/// and right are offsets from the end of the previous node
/// (docs/pyroscope-behavior.md, "Diff format").
std::string RecordedDiffText(const json& flamegraph) {
  const auto names = Strings(flamegraph, "names");
  std::vector<DiffLine> lines;
  std::size_t depth = 0;
  for (const json& level : flamegraph.at("levels")) {
    const auto values = Strings(level, "values");
    std::int64_t left = 0;
    std::int64_t right = 0;
    for (std::size_t i = 0; i < values.size(); i += 7) {
      const auto value = [&](std::size_t field) {
        return std::stoll(values.at(i + field));
      };
      left += value(0);
      right += value(3);
      lines.push_back({depth,
                       names.at(static_cast<std::size_t>(value(6))),
                       {left, value(1), value(2)},
                       {right, value(4), value(5)}});
      left += value(1);
      right += value(4);
    }
    ++depth;
  }
  return DiffText(lines);
}

}  // namespace

Result<std::string> Expected(const Question& question) {
  const json& response = question.response;
  const std::string& method = question.method;
  if (method == "ProfileTypes") return ListText(TypeIds(response));
  if (method.starts_with("Label")) return ListText(Strings(response, "names"));
  if (method == "Series") return ListText(LabelSets(response));
  if (method == "SelectSeries") return SeriesText(SeriesOf(response));
  if (method == "SelectHeatmap") return HeatmapText(HeatmapOf(response));
  if (method == "Diff") return RecordedDiffText(response.at("flamegraph"));
  if (WantsProfile(question)) {
    PMCP_TRY(profile, ProfileOf(question));
    return ProfileText(profile);
  }
  return TreeOf(response);
}

}  // namespace pmcp::oracle
