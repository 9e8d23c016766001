// list_labels: lists the labels of series, or the values of one label.
#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/regex.h"
#include "base/text.h"
#include "generated/schemas.h"
#include "tools/answer/describe.h"
#include "tools/answer/explain_empty.h"
#include "tools/answer/make_tool.h"
#include "tools/tools.h"

namespace pmcp::tools {
namespace {

using nlohmann::json;

struct Args : QuestionArgs {
  std::string label;     // "": list names; else the values of this label
  std::string contains;  // part of a name or value
  bool include_private = false;
  int limit = 100;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Args, label, contains,
                                                include_private, limit)

/// A label name with statistics of its values, or one value of a label.
struct Row {
  std::string name;
  std::size_t series = 0;             // number of series that have it
  std::vector<std::string> examples;  // of a name: some of its values
  std::size_t values = 0;             // of a name: number of values
};

struct Output {
  AskedLabels asked;
  std::string label;
  std::vector<Row> rows;  // at most `limit`
  std::size_t row_count = 0;
  std::size_t private_count = 0;  // hidden names
  std::vector<source::Notice> notices;
  std::vector<std::string> why_empty;
};

void to_json(json& j, const Output& out) {
  json names = json::array();
  json details = json::array();
  for (const auto& row : out.rows) {
    names.push_back(row.name);
    json detail = {{"name", row.name}, {"series", row.series}};
    if (out.label.empty()) detail["values"] = row.values;
    details.push_back(std::move(detail));
  }
  j = {{"query", out.asked},        {"label", out.label},
       {"names", std::move(names)}, {"details", std::move(details)},
       {"count", out.row_count},    {"notices", out.notices},
       {"whyEmpty", out.why_empty}};
}

/// Value → number of series that have it.
using ValueCounts = std::map<std::string, std::size_t, std::less<>>;

constexpr std::size_t kMostExamples = 4;

Row NameRow(const std::string& name, const ValueCounts& counts) {
  Row row{.name = name, .values = counts.size()};
  for (const auto& [value, series] : counts) {
    row.series += series;
    if (row.examples.size() < kMostExamples) row.examples.push_back(value);
  }
  return row;
}

/// Counts every series once; series that differ only in profile type are one.
/// Omits private labels unless requested.
Result<std::vector<Row>> NameRows(const Args& args, const AskedLabels& asked,
                                  const std::vector<profile::Labels>& series,
                                  std::size_t& private_count,
                                  const CallContext& call) {
  PMCP_TRY(names, asked.source->LabelNames(asked.query, call));
  std::map<std::string, ValueCounts, std::less<>> counts;
  for (const auto& labels : series) {
    for (const auto& label : labels.all()) {
      ++counts[label.name][label.value];
    }
  }
  std::vector<Row> rows;
  for (const auto& name : names.data) {
    if (profile::IsPrivateLabel(name) && !args.include_private) {
      ++private_count;
      continue;
    }
    rows.push_back(NameRow(name, counts[name]));
  }
  return rows;
}

/// The values of the label, without counts.
Result<std::vector<Row>> ValueRows(const Args& args, const AskedLabels& asked,
                                   const CallContext& call) {
  PMCP_TRY(values, asked.source->LabelValues(args.label, asked.query, call));
  std::vector<Row> rows;
  for (auto& value : values.data) rows.push_back({.name = std::move(value)});
  return rows;
}

/// `a|b`, which matches these names and nothing else.
std::string AnyOf(const std::vector<Row>& rows) {
  std::vector<std::string> names;
  for (const Row& row : rows) names.push_back(Regex::Quote(row.name));
  return Join(names, "|");
}

/// Counts the series of the values that are shown.
Result<void> CountSeries(const Args& args, const AskedLabels& asked,
                         Output& out, const CallContext& call) {
  source::LabelQuery query = asked.query;
  if (out.row_count > out.rows.size()) {
    // A pattern for very many values is too long: then all series are read.
    auto shown = profile::LabelSelector::Matching(args.label, AnyOf(out.rows));
    if (shown.ok()) query.selector.Add(*std::move(shown));
  }
  PMCP_TRY(series, asked.source->Series(query, {}, call));
  out.notices = std::move(series.notices);
  ValueCounts counts;
  for (const auto& labels : series.data) {
    ++counts[std::string(labels.Get(args.label))];
  }
  for (Row& row : out.rows) row.series = counts[row.name];
  return {};
}

void KeepContaining(std::string_view part, std::vector<Row>& rows) {
  std::erase_if(rows, [part](const Row& row) {
    return row.name.find(part) == std::string::npos;
  });
}

/// kNotFound for a label that does not exist in the window.
Result<void> CheckLabelExists(const Args& args, const AskedLabels& asked,
                              const CallContext& call) {
  PMCP_TRY(names, asked.source->LabelNames(asked.query, call));
  if (names.data.empty()) return {};  // no data at all: an empty answer
  const auto nearest = ClosestMatch(args.label, names.data);
  return NotFound(
      fmt::format("no series here has a label \"{}\"", args.label),
      fmt::format(
          "{}Call list_labels without label to see the "
          "names.",
          nearest ? fmt::format("Did you mean \"{}\"? ", *nearest) : ""));
}

Result<std::vector<Row>> AllRows(const Args& args, const AskedLabels& asked,
                                 Output& out, const CallContext& call) {
  if (args.label.empty()) {
    PMCP_TRY(series, asked.source->Series(asked.query, {}, call));
    out.notices = std::move(series.notices);
    return NameRows(args, asked, series.data, out.private_count, call);
  }
  PMCP_TRY(rows, ValueRows(args, asked, call));
  if (rows.empty()) PMCP_TRY_VOID(CheckLabelExists(args, asked, call));
  return std::move(rows);
}

Result<Output> Run(const Args& args, const Deps& deps,
                   const server::ToolContext& context) {
  const CallContext& call = context.call();
  PMCP_TRY(asked, ResolveLabelQuery(args, deps, call));
  Output out{.asked = asked, .label = args.label};
  PMCP_TRY(rows, AllRows(args, asked, out, call));
  if (rows.empty()) {
    PMCP_TRY(why, ExplainEmpty(asked, call));
    out.why_empty = why;
  }
  KeepContaining(args.contains, rows);
  if (rows.empty() && out.why_empty.empty()) {
    out.why_empty.push_back(fmt::format(
        "Nothing contains \"{}\"; omit contains to see all.", args.contains));
  }
  out.row_count = rows.size();
  rows.resize(std::min(rows.size(), static_cast<std::size_t>(args.limit)));
  out.rows = std::move(rows);
  if (!args.label.empty() && !out.rows.empty()) {
    PMCP_TRY_VOID(CountSeries(args, asked, out, call));
  }
  return out;
}

Table NameTable(const Output& out) {
  Table table{.columns = {{"LABEL"},
                          {"SERIES", Align::kRight},
                          {"VALUES", Align::kRight},
                          {"EXAMPLES"}}};
  for (const auto& row : out.rows) {
    std::string examples = Join(row.examples, ", ");
    if (row.values > row.examples.size()) examples += ", …";
    table.rows.push_back({row.name, std::to_string(row.series),
                          std::to_string(row.values), std::move(examples)});
  }
  return table;
}

Table ValueTable(const Output& out) {
  Table table{.columns = {{"SERIES", Align::kRight}, {"VALUE"}}};
  for (const auto& row : out.rows) {
    table.rows.push_back({std::to_string(row.series), row.name});
  }
  return table;
}

Document Render(const Output& out) {
  Document doc;
  const bool is_names = out.label.empty();
  doc.Heading(is_names ? fmt::format("Labels: {}", out.row_count)
                       : fmt::format("Values of label {}: {}", out.label,
                                     out.row_count));
  Describe(out.asked, doc);
  doc.Add(is_names ? NameTable(out) : ValueTable(out));
  for (const auto& sentence : out.why_empty) doc.Note(sentence);
  if (out.row_count > out.rows.size()) {
    doc.Note(fmt::format("{} more; raise limit, or narrow with contains.",
                         out.row_count - out.rows.size()));
  }
  if (out.private_count > 0) {
    doc.Note(
        fmt::format("{} internal labels of Pyroscope (__…__) are hidden; "
                    "include_private=true shows them.",
                    out.private_count));
  }
  doc.Notices(out.notices);
  return doc;
}

}  // namespace

server::Tool ListLabels(const Deps& deps) {
  return MakeTool<Args, Output>(schemas::kListLabels, deps, Run, Render);
}

}  // namespace pmcp::tools
