#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/time_range.h"
#include "tests/oracle/recorded_answer.h"
#include "tests/parity/asked.h"
#include "tests/parity/compare.h"
#include "tests/parity/measured.h"
#include "tests/parity/text_table.h"
#include "tests/support/tool_caller.h"

namespace pmcp::parity {
namespace {

using nlohmann::json;

using Cells = std::vector<std::string>;

/// The recorded tables have the ten largest.
constexpr int kLimit = 10;

struct Kind {
  const char* tool;
  const char* id_column;
  const char* id_key;
};
constexpr Kind kProfiles = {"profile_exemplars", "PROFILE ID", "profileId"};
constexpr Kind kSpans = {"span_exemplars", "SPAN ID", "spanId"};

json Arguments(const oracle::Question& question, int label_columns) {
  json arguments = SeriesArguments(question);
  arguments["limit"] = kLimit;
  arguments["max_label_columns"] = label_columns;
  return arguments;
}

void Give(const oracle::Question& question, test::ToolCaller& caller) {
  if (question.method == "SelectHeatmap") {
    caller.source().heatmap = oracle::HeatmapOf(question.response);
  } else {
    caller.source().series_in_time = oracle::SeriesOf(question.response);
  }
}

/// "14:32:20.05Z" and "14:32:20.050Z" are equal; tables have whole seconds.
std::string Seconds(std::string time) {
  return time.substr(0, time.find_first_of(".Z"));
}
std::string Exact(std::string time) {
  time.pop_back();
  if (time.find('.') == std::string::npos) time += ".";
  while (time.size() - time.find('.') < 4) time += "0";
  return time;
}

void CompareTable(const Recorded& recorded, const Kind& kind, int label_columns,
                  Tally& tally) {
  test::ToolCaller caller;
  Give(recorded.question, caller);
  const TextTable ours = ParseAnswer(
      caller.Call(kind.tool, Arguments(recorded.question, label_columns)).text);
  const TextTable theirs = ParseRecorded(recorded.table);
  if (theirs.rows.size() != ours.rows.size()) {
    tally.Wrong("another number of rows");
    return;
  }
  for (const Cells& row : theirs.rows) {
    const auto same = [&](const Cells& our) {
      return our[0] == row[0] &&
             Seconds(our[ours.ColumnOf("TIMESTAMP")]) == Seconds(row[1]) &&
             Agree(ParseAnswerValue(our[ours.ColumnOf("VALUE")]),
                   ParseRecordedValue(row[2]));
    };
    const auto our = std::ranges::find_if(ours.rows, same);
    if (our == ours.rows.end()) {
      tally.Wrong("no row " + row[0]);
      continue;
    }
    for (int i = 0; i < 3; ++i) tally.Equal();
    for (std::size_t i = 3; i < row.size(); ++i) {
      if (!ours.Has(theirs.columns[i])) {
        tally.Wrong("no column " + theirs.columns[i]);
        continue;
      }
      tally.Compare(theirs.columns[i], row[i],
                    (*our)[ours.ColumnOf(theirs.columns[i])]);
    }
  }
}

void CompareJson(const Recorded& recorded, const Kind& kind, Tally& tally) {
  test::ToolCaller caller;
  Give(recorded.question, caller);
  const json ours = caller.Json(kind.tool, Arguments(recorded.question, 3));
  const json theirs = json::parse(recorded.table);
  for (const char* key : {"from", "to", "profileType"}) {
    tally.Compare(key, theirs.at(key), ours.at(key));
  }
  if (theirs.at("exemplars").size() != ours.at("exemplars").size()) {
    tally.Wrong("another number of exemplars");
    return;
  }
  for (const json& exemplar : theirs.at("exemplars")) {
    const auto same = [&](const json& our) {
      return our.at(kind.id_key) == exemplar.at(kind.id_key) &&
             Exact(our.at("timestamp")) == Exact(exemplar.at("timestamp")) &&
             our.at("value") == exemplar.at("value");
    };
    const auto our = std::ranges::find_if(ours.at("exemplars"), same);
    if (our == ours.at("exemplars").end()) {
      tally.Wrong("no exemplar " + exemplar.dump());
      continue;
    }
    for (int i = 0; i < 3; ++i) tally.Equal();
    tally.Compare("labels", exemplar.value("labels", json::object()).dump(),
                  our->at("labels").dump());
  }
}

}  // namespace

void CompareProfileExemplars(const Recorded& recorded, Tally& tally) {
  CompareTable(recorded, kProfiles, 3, tally);
}

void CompareProfileExemplarsWithoutLabels(const Recorded& recorded,
                                          Tally& tally) {
  CompareTable(recorded, kProfiles, 0, tally);
}

void CompareSpanExemplars(const Recorded& recorded, Tally& tally) {
  CompareTable(recorded, kSpans, 3, tally);
}

void CompareProfileExemplarsJson(const Recorded& recorded, Tally& tally) {
  CompareJson(recorded, kProfiles, tally);
}

void CompareSpanExemplarsJson(const Recorded& recorded, Tally& tally) {
  CompareJson(recorded, kSpans, tally);
}

}  // namespace pmcp::parity
