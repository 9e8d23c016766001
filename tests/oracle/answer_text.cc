#include "tests/oracle/answer_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "profile/labels.h"
#include "tests/oracle/recorded_tree.h"
#include "tests/support/collapsed.h"

namespace pmcp::oracle {
namespace {

using nlohmann::json;
using profile::Label;
using profile::Series;

std::vector<Label> LabelsOf(const json& object) {
  std::vector<Label> labels;
  for (const json& label : object.value("labels", json::array())) {
    labels.push_back({label.value("name", ""), label.value("value", "")});
  }
  return labels;
}

std::vector<std::string> TypeIds(const json& response) {
  std::vector<std::string> ids;
  for (const json& type : response.value("profileTypes", json::array())) {
    ids.push_back(type.at("ID"));
  }
  return ids;
}

/// Order among labels of a set, and among sets, is not part of the answer.
std::vector<std::string> LabelSets(const json& response) {
  std::vector<std::string> sets;
  for (const json& set : response.value("labelsSet", json::array())) {
    std::vector<Label> labels = LabelsOf(set);
    std::ranges::sort(labels);
    sets.push_back(profile::ToString(labels));
  }
  std::ranges::sort(sets);
  return sets;
}

std::vector<Series> SeriesOf(const json& response) {
  std::vector<Series> all;
  for (const json& series : response.value("series", json::array())) {
    Series& next = all.emplace_back();
    next.labels = LabelsOf(series);
    for (const json& point : series.value("points", json::array())) {
      const std::chrono::milliseconds time(Int64(point, "timestamp"));
      next.points.push_back({TimePointMs(time), point.value("value", 0.0)});
    }
  }
  return all;
}

Result<std::string> ExpectedTree(const json& response) {
  if (response.contains("flamegraph")) {
    PMCP_TRY(tree, DecodeFlamegraph(response.at("flamegraph")));
    return TreeText(tree);
  }
  PMCP_TRY(tree, DecodeTree(response.value("tree", "")));
  return TreeText(tree);
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

std::string SeriesText(const std::vector<Series>& all) {
  std::string text;
  for (const Series& series : all) {
    text += profile::ToString(series.labels) + "\n";
    for (const profile::Point& point : series.points) {
      text += fmt::format(
          "  {} {}\n", point.timestamp.time_since_epoch().count(), point.value);
    }
  }
  return text;
}

Result<std::string> Expected(const Question& question) {
  const json& response = question.response;
  if (question.method == "ProfileTypes") return ListText(TypeIds(response));
  if (question.method.starts_with("Label")) {
    return ListText(Strings(response, "names"));
  }
  if (question.method == "Series") return ListText(LabelSets(response));
  if (question.method == "SelectSeries") return SeriesText(SeriesOf(response));
  return ExpectedTree(response);
}

}  // namespace pmcp::oracle
