#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <map>
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
/// The values of the group-by labels.
using Key = std::vector<std::string>;

/// The sum of a series, with and without the bucket before the window.
struct Totals {
  double all = 0;
  double in_window = 0;
};

std::map<Key, Totals> TotalsOf(const oracle::Question& question) {
  const auto group_by = oracle::Strings(question.request, "groupBy");
  std::map<Key, Totals> totals;
  for (const auto& series : oracle::SeriesOf(question.response)) {
    Key key(group_by.size());
    for (const auto& label : series.labels) {
      const auto at = std::ranges::find(group_by, label.name);
      key.at(static_cast<std::size_t>(at - group_by.begin())) = label.value;
    }
    Totals& sum = totals[key];
    for (const auto& point : series.points) {
      sum.all += point.value;
      if (point.timestamp > StartOf(question)) sum.in_window += point.value;
    }
  }
  return totals;
}

/// Our tool asks for one bucket that begins one millisecond before the window,
/// to include its very start. The recorded bucket before the window ends at
/// that start, so here the window begins one millisecond later.
json Arguments(const oracle::Question& question) {
  json arguments = SeriesArguments(question);
  arguments["from"] =
      FormatTime(StartOf(question) + std::chrono::milliseconds(1));
  arguments["limit"] = 500;
  return arguments;
}

std::string Unnamed(const std::string& cell) {
  return cell == "<unknown>" || cell == "(none)" ? "" : cell;
}

class TopComparison {
 public:
  TopComparison(const oracle::Question& question, Tally& tally)
      : totals_(TotalsOf(question)), tally_(tally) {}

  void CompareRank(const Key& key, int recorded, int ours) {
    if (recorded == ours) {
      tally_.Equal();
    } else if (RankOf(key, &Totals::in_window) != ours) {
      tally_.Wrong(fmt::format("our rank {} is no rank of the window", ours));
    } else {
      tally_.Changed(IsTied(key) ? Fault::kTies : Fault::kPreWindow);
    }
  }

  void CompareTotal(const Key& key, const Measured& recorded,
                    const Measured& ours) {
    const Totals& totals = totals_.at(key);
    if (!Agree(recorded, {totals.all, 0}) ||
        !Agree(ours, {totals.in_window, 0})) {
      tally_.Wrong(
          fmt::format("total {}, ours {}", recorded.value, ours.value));
    } else if (totals.all == totals.in_window) {
      tally_.Equal();
    } else {
      tally_.Changed(Fault::kPreWindow);
    }
  }

  /// Whether the series has no points in the window.
  bool IsGone(const Key& key) const { return totals_.at(key).in_window == 0; }

 private:
  /// Ties by label, as in our tool.
  int RankOf(const Key& key, double Totals::*total) const {
    int rank = 1;
    for (const auto& [other, totals] : totals_) {
      const double mine = totals_.at(key).*total;
      const double theirs = totals.*total;
      if (theirs > mine || (theirs == mine && other < key)) ++rank;
    }
    return rank;
  }

  bool IsTied(const Key& key) const {
    const auto same = [&](const auto& entry) {
      return entry.second.all == totals_.at(key).all;
    };
    return std::ranges::count_if(totals_, same) > 1;
  }

  const std::map<Key, Totals> totals_;
  Tally& tally_;
};

/// Columns between the first and the last are labels. Without labels, our table
/// has no such column, and its heading says that it sums all series.
Key RecordedKey(const TextTable& table, const Cells& row, bool grouped) {
  if (!grouped) return {};
  Key key;
  for (std::size_t i = 1; i + 1 < table.columns.size(); ++i) {
    key.push_back(Unnamed(row[i]));
  }
  return key;
}

Key OurKey(const TextTable& theirs, const TextTable& ours, const Cells& row,
           bool grouped) {
  if (!grouped) return {};
  Key key;
  for (std::size_t i = 1; i + 1 < theirs.columns.size(); ++i) {
    key.push_back(Unnamed(row[ours.ColumnOf(theirs.columns[i])]));
  }
  return key;
}

}  // namespace

void CompareTop(const Recorded& recorded, Tally& tally) {
  const oracle::Question& question = recorded.question;
  test::ToolCaller caller;
  caller.source().series_in_time = oracle::SeriesOf(question.response);
  const auto answer = caller.Call("top_series", Arguments(question));
  const TextTable ours = ParseAnswer(answer.text);
  const TextTable theirs = ParseRecorded(recorded.table);
  const bool grouped = !oracle::Strings(question.request, "groupBy").empty();
  std::map<Key, const Cells*> by_key;
  for (const Cells& row : ours.rows) {
    by_key[OurKey(theirs, ours, row, grouped)] = &row;
  }
  TopComparison comparison(question, tally);
  for (const Cells& row : theirs.rows) {
    const Key key = RecordedKey(theirs, row, grouped);
    const auto found = by_key.find(key);
    if (found == by_key.end()) {
      if (!comparison.IsGone(key)) tally.Wrong("a series is missing");
      tally.Changed(Fault::kPreWindow, static_cast<int>(row.size()));
      continue;
    }
    const Cells& our = *found->second;
    for (std::size_t i = 1; i + 1 < row.size(); ++i) tally.Equal();
    if (!grouped &&
        answer.text.find("all series together") == std::string::npos) {
      tally.Wrong("the heading does not say that all series are added up");
    }
    comparison.CompareRank(key, std::stoi(row.front()),
                           std::stoi(our[ours.ColumnOf("RANK")]));
    comparison.CompareTotal(key, ParseRecordedValue(row.back()),
                            ParseAnswerValue(our[ours.ColumnOf("TOTAL")]));
  }
}

void CompareTopJson(const Recorded& recorded, Tally& tally) {
  const oracle::Question& question = recorded.question;
  test::ToolCaller caller;
  caller.source().series_in_time = oracle::SeriesOf(question.response);
  const json ours = caller.Json("top_series", Arguments(question));
  const json theirs = json::parse(recorded.table);
  const auto group_by = oracle::Strings(question.request, "groupBy");
  tally.Compare("profileType", theirs.at("profileType"),
                ours.at("profileType"));
  tally.Compare("groupBy", json(group_by).dump(), ours.at("groupBy").dump());
  TopComparison comparison(question, tally);
  for (const json& series : theirs.at("series")) {
    Key key;
    for (const auto& name : group_by) {
      key.push_back(series.at("labels").value(name, ""));
    }
    const auto same = [&](const json& our) {
      return our.at("labels") == series.at("labels");
    };
    const auto our = std::ranges::find_if(ours.at("series"), same);
    if (our == ours.at("series").end()) {
      if (!comparison.IsGone(key)) tally.Wrong("a series is missing");
      tally.Changed(Fault::kPreWindow, 3);
      continue;
    }
    tally.Equal();  // labels
    comparison.CompareRank(key, series.at("rank"), our->at("rank"));
    comparison.CompareTotal(key, {series.at("total"), 0},
                            {our->at("total"), 0});
  }
}

}  // namespace pmcp::parity
