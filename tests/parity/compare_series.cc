#include <fmt/core.h>

#include <deque>
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

/// Recorded times are in whole seconds.
std::string WholeSeconds(const std::string& time) {
  const std::size_t point = time.find('.');
  return point == std::string::npos ? time : time.substr(0, point) + "Z";
}

TextTable AskPoints(const oracle::Question& question, bool wide) {
  test::ToolCaller caller;
  caller.source().series_in_time = oracle::SeriesOf(question.response);
  json arguments = SeriesArguments(question);
  arguments["step"] = fmt::format(
      "{}ms", static_cast<int>(question.request.value("step", 0.0) * 1000));
  arguments["points"] = true;
  arguments["wide"] = wide;
  arguments["value"] = "sum";
  arguments["limit"] = 100;
  return ParseAnswer(caller.Call("query_series", arguments).text);
}

/// The label cells of a row, with the names of their columns. Omits labels that
/// the series does not have.
std::string LabelsOf(const TextTable& table, const Cells& row) {
  std::map<std::string, std::string> labels;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const std::string& column = table.columns[i];
    if (column == "TIMESTAMP" || column == "VALUE") continue;
    if (!row[i].empty() && row[i] != "(none)") labels[column] = row[i];
  }
  std::string text;
  for (const auto& [name, value] : labels) text += name + "=" + value + " ";
  return text;
}

/// Recorded rows are in the order of the recorded points. Our rows have another
/// order of series, but each series is sorted by time.
void ComparePoints(const Recorded& recorded, bool wide, Tally& tally) {
  const TextTable ours = AskPoints(recorded.question, wide);
  std::map<std::string, std::deque<const Cells*>> by_labels;
  for (const Cells& row : ours.rows) {
    by_labels[LabelsOf(ours, row)].push_back(&row);
  }
  const TextTable theirs = ParseRecorded(recorded.table);
  const std::size_t time = theirs.ColumnOf("TIMESTAMP");
  const std::size_t value = theirs.ColumnOf("VALUE");
  const auto cells = static_cast<int>(theirs.columns.size());
  const std::string start = FormatTime(StartOf(recorded.question));
  for (const Cells& row : theirs.rows) {
    auto& rows = by_labels[LabelsOf(theirs, row)];
    const Cells* our = rows.empty() ? nullptr : rows.front();
    const bool found =
        our != nullptr &&
        WholeSeconds((*our)[ours.ColumnOf("TIMESTAMP")]) == row[time] &&
        Agree(ParseRecordedValue(row[value]),
              ParseAnswerValue((*our)[ours.ColumnOf("VALUE")]));
    if (found) {
      for (int i = 0; i < cells; ++i) tally.Equal();
      rows.pop_front();
    } else if (row[time] <= start) {
      tally.Changed(Fault::kPreWindow, cells);
    } else {
      tally.Wrong(fmt::format("no point {} at {}", row[value], row[time]));
    }
  }
  for (const auto& [labels, rows] : by_labels) {
    if (!rows.empty()) tally.Wrong("we show more points of " + labels);
  }
}

}  // namespace

void CompareSeries(const Recorded& recorded, Tally& tally) {
  ComparePoints(recorded, false, tally);
}

void CompareSeriesWide(const Recorded& recorded, Tally& tally) {
  ComparePoints(recorded, true, tally);
}

}  // namespace pmcp::parity
