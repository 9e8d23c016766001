#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/parity/compare.h"
#include "tests/parity/text_table.h"
#include "tests/support/tool_caller.h"

namespace pmcp::parity {
namespace {

using nlohmann::json;

void CompareRows(
    const TextTable& recorded, const TextTable& ours,
    const std::vector<std::pair<std::string, std::string>>& columns,
    Tally& tally) {
  if (recorded.rows.size() != ours.rows.size()) {
    tally.Wrong("another number of rows");
    return;
  }
  for (std::size_t row = 0; row < recorded.rows.size(); ++row) {
    for (const auto& [theirs, our] : columns) {
      tally.Compare(theirs, recorded.rows[row][recorded.ColumnOf(theirs)],
                    ours.rows[row][ours.ColumnOf(our)]);
    }
  }
}

}  // namespace

void CompareTypes(const Recorded& recorded, Tally& tally) {
  test::ToolCaller caller;
  caller.source().types.clear();
  for (const json& type : recorded.question.response.at("profileTypes")) {
    const std::string id = type.at("ID");
    caller.source().types.push_back(*profile::ProfileType::Parse(id));
  }
  const auto answer = caller.Call("list_profile_types", json::object());
  CompareRows(ParseRecorded(recorded.table), ParseAnswer(answer.text),
              {{"ID", "ID"},
               {"NAME", "NAME"},
               {"SAMPLE_TYPE", "SAMPLE_TYPE"},
               {"SAMPLE_UNIT", "SAMPLE_UNIT"}},
              tally);
}

void CompareLabels(const Recorded& recorded, Tally& tally) {
  const oracle::Question& question = recorded.question;
  const auto names = oracle::Strings(question.response, "names");
  test::ToolCaller caller;
  auto& series = caller.source().all_series;
  series.clear();
  json arguments = {{"include_private", true}, {"limit", 1000}};
  if (question.method == "LabelValues") {
    const std::string label = question.request.at("name");
    arguments["label"] = label;
    for (const std::string& value : names)
      series.emplace_back().Set(label, value);
    // A label without values belongs to no series, which our tool states.
    if (names.empty()) series.emplace_back().Set("service_name", "shop");
  } else {
    series.emplace_back();
    for (const std::string& name : names) series.back().Set(name, "value");
  }
  const auto answer = caller.Call("list_labels", arguments);
  TextTable ours;
  if (!answer.error) ours = ParseAnswer(answer.text);
  // Our rows are sorted by number of series.
  std::ranges::sort(ours.rows, {}, [](const auto& row) { return row.back(); });
  TextTable theirs = ParseRecorded(recorded.table);
  if (question.method == "LabelNames") {
    std::ranges::sort(ours.rows, {}, [](const auto& row) { return row[0]; });
  }
  std::ranges::sort(theirs.rows);
  CompareRows(theirs, ours,
              {{"LABEL", question.method == "LabelNames" ? "LABEL" : "VALUE"}},
              tally);
}

}  // namespace pmcp::parity
