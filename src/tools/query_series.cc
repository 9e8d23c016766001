// query_series: shows cost over time, as rates, with one line per series.
#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/text.h"
#include "generated/schemas.h"
#include "profile/time/series_summary.h"
#include "profile/words/quantity.h"
#include "tools/answer/describe.h"
#include "tools/answer/explain_empty.h"
#include "tools/answer/make_tool.h"
#include "tools/answer/series_grid.h"
#include "tools/answer/series_labels.h"
#include "tools/answer/sparkline.h"
#include "tools/tools.h"

namespace pmcp::tools {
namespace {

using nlohmann::json;

struct Args : ProfileQuestionArgs {
  std::string step;
  std::vector<std::string> group_by = {"service_name"};
  std::string value = "rate";
  bool points = false;
  bool wide = false;
  int limit = 10;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Args, step, group_by, value,
                                                points, wide, limit)

struct Row {
  profile::Series series;  // without points before the window
  profile::SeriesSummary summary;
};

struct Output {
  AskedProfiles asked;
  Args args;
  SeriesGrid grid;
  std::vector<Row> rows;  // largest total first, at most `limit`
  std::size_t row_count = 0;
  double total = 0;          // of all rows
  double omitted_total = 0;  // of the rows that are not in `rows`
  std::vector<source::Notice> notices;
  std::vector<std::string> why_empty;
};

bool ShowsRates(const Output& out) {
  return out.args.value == "rate" && !profile::IsGauge(out.asked.query.type);
}

json PointJson(const profile::Point& point) {
  return {{"timestamp", point.timestamp.time_since_epoch().count()},
          {"value", point.value}};
}

json RowJson(const Row& row) {
  json labels = json::array();
  for (const auto& label : row.series.labels) {
    labels.push_back({{"name", label.name}, {"value", label.value}});
  }
  json points = json::array();
  for (const auto& point : row.series.points)
    points.push_back(PointJson(point));
  const auto& summary = row.summary;
  return {{"labels", std::move(labels)}, {"points", std::move(points)},
          {"total", summary.total},      {"min", summary.min},
          {"mean", summary.mean},        {"max", summary.max},
          {"last", summary.last}};
}

/// JSON has exact bucket sums in the raw unit, regardless of `value`; divide by
/// stepSeconds for rates.
void to_json(json& j, const Output& out) {
  json series = json::array();
  for (const auto& row : out.rows) series.push_back(RowJson(row));
  const std::chrono::duration<double> step = out.grid.step;
  j = {{"query", out.asked},
       {"groupBy", out.args.group_by},
       {"unit", out.asked.query.type.sample_unit},
       {"stepSeconds", step.count()},
       {"series", std::move(series)},
       {"seriesCount", out.row_count},
       {"total", out.total},
       {"omittedTotal", out.omitted_total},
       {"notices", out.notices},
       {"whyEmpty", out.why_empty}};
}

std::vector<Row> MakeRows(std::vector<profile::Series> all,
                          const SeriesGrid& grid, bool is_level) {
  const auto empty = is_level ? profile::EmptyBuckets::kAreUnknown
                              : profile::EmptyBuckets::kAreZero;
  std::vector<Row> rows;
  for (auto& series : all) {
    std::erase_if(series.points, [&grid](const profile::Point& point) {
      return point.timestamp <= grid.range.from;
    });
    if (series.points.empty()) continue;
    auto summary = profile::Summarize(series, grid.range, grid.step, empty);
    rows.push_back({std::move(series), std::move(summary)});
  }
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    return a.summary.total != b.summary.total
               ? a.summary.total > b.summary.total
               : a.series.labels < b.series.labels;
  });
  return rows;
}

/// Applies `limit` after summing, so that the totals include all rows.
void CutRows(std::size_t limit, Output& out) {
  for (std::size_t i = 0; i < out.rows.size(); ++i) {
    out.total += out.rows[i].summary.total;
    if (i >= limit) out.omitted_total += out.rows[i].summary.total;
  }
  out.rows.resize(std::min(out.rows.size(), limit));
}

Result<Output> Run(const Args& args, const Deps& deps,
                   const server::ToolContext& context) {
  const CallContext& call = context.call();
  PMCP_TRY(asked, ResolveProfileQuery(args, deps, call));
  PMCP_TRY(grid, MakeSeriesGrid(
                     asked.range, args.step, asked.is_default_window,
                     asked.source->Info().min_step.value_or(kUsualMinStep)));
  source::ProfileQuery profiles = asked.query;
  profiles.range = grid.range;
  const std::chrono::duration<double> step = grid.step;
  PMCP_TRY(query, source::MakeSeriesQuery(std::move(profiles), args.group_by,
                                          step.count()));
  query.wants_bucket_before = false;
  PMCP_TRY(series, asked.source->SelectSeries(query, call));
  Output out{.asked = asked, .args = args, .grid = grid};
  out.rows = MakeRows(std::move(series.data), grid,
                      profile::IsGauge(asked.query.type));
  out.row_count = out.rows.size();
  CutRows(static_cast<std::size_t>(args.limit), out);
  out.notices = std::move(series.notices);
  if (out.rows.empty()) {
    PMCP_TRY(why, ExplainEmpty(asked, call));
    out.why_empty = why;
  }
  return out;
}

std::string FormatValue(const Output& out, double bucket_sum) {
  const auto& type = out.asked.query.type;
  if (ShowsRates(out)) {
    return profile::FormatRate(bucket_sum, type, out.grid.step);
  }
  return profile::FormatQuantity(bucket_sum, profile::UnitOf(type));
}

constexpr std::size_t kSparklineWidth = 30;

Table SummaryTable(const Output& out) {
  Table table{.columns = {{"MEAN", Align::kRight},
                          {"MIN", Align::kRight},
                          {"MAX", Align::kRight},
                          {"LAST", Align::kRight},
                          {"SHAPE"},
                          {"LABELS"}}};
  double scale = 0;
  for (const auto& row : out.rows) scale = std::max(scale, row.summary.max);
  for (const auto& row : out.rows) {
    const auto& s = row.summary;
    table.rows.push_back({FormatValue(out, s.mean), FormatValue(out, s.min),
                          FormatValue(out, s.max), FormatValue(out, s.last),
                          Sparkline(s.buckets, scale, kSparklineWidth),
                          FormatLabels(row.series.labels)});
  }
  return table;
}

void AddPointRows(const Output& out, const Row& row, Table& table) {
  for (const auto& point : row.series.points) {
    std::vector<std::string> cells = {FormatTime(point.timestamp),
                                      FormatValue(out, point.value)};
    if (out.args.wide) {
      for (const auto& name : out.args.group_by) {
        const std::string value = ValueOf(row.series.labels, name);
        cells.push_back(value.empty() ? std::string(kNoValue) : value);
      }
    } else {
      cells.push_back(FormatLabels(row.series.labels));
    }
    table.rows.push_back(std::move(cells));
  }
}

Table PointTable(const Output& out) {
  Table table{.columns = {{"TIMESTAMP"}, {"VALUE", Align::kRight}}};
  if (out.args.wide) {
    for (const auto& name : out.args.group_by) {
      table.columns.push_back({UpperCase(name)});
    }
  } else {
    table.columns.push_back({"LABELS"});
  }
  for (const auto& row : out.rows) AddPointRows(out, row, table);
  return table;
}

std::string DescribeGrid(const Output& out) {
  return fmt::format(
      "{} ({} buckets, each labeled with its end; the first begins "
      "at {})",
      FormatLength(out.grid.step), out.grid.buckets(),
      FormatTime(out.grid.range.from));
}

/// Whether a gauge has steps without a value in the summary table.
bool HasGaps(const Output& out) {
  return !out.args.points && std::ranges::any_of(out.rows, [](const Row& row) {
    return std::ranges::any_of(
        row.summary.buckets, [](double bucket) { return std::isnan(bucket); });
  });
}

Document Render(const Output& out) {
  Document doc;
  doc.Heading(fmt::format(
      "{} over time, {}{}", ShowsRates(out) ? "Rates" : "Sums per step",
      DescribeGroups(out.args.group_by), out.rows.empty() ? ": none" : ""));
  Describe(out.asked, doc);
  doc.Fact("step", DescribeGrid(out));
  if (!out.rows.empty()) {
    doc.Add(out.args.points ? PointTable(out) : SummaryTable(out));
  }
  if (out.args.points || out.args.limit > Args{}.limit) doc.AllowLargeAnswer();
  for (const auto& sentence : out.why_empty) doc.Note(sentence);
  if (out.row_count > out.rows.size()) {
    doc.Note(DescribeRest(
        out.row_count - out.rows.size(), "series", "series",
        fmt::format(
            "{} ({})",
            profile::FormatQuantity(out.omitted_total,
                                    profile::UnitOf(out.asked.query.type)),
            profile::FormatPercent(out.omitted_total, out.total))));
  }
  if (!out.rows.empty()) {
    const auto& names = out.args.group_by;
    const auto value_at = [&](const Row& row, std::size_t i) {
      return ValueOf(row.series.labels, names[i]);
    };
    NoteMissingLabels(names, out.rows, value_at, doc);
  }
  if (profile::IsGauge(out.asked.query.type)) {
    doc.Note(
        "A gauge is summed over all profiles of a step: with several "
        "scrapes or pods in a step it is larger than at any instant.");
  }
  if (HasGaps(out)) {
    doc.Note(
        "MEAN and MIN ignore steps without a profile (\"·\"); LAST is the "
        "value of the last step with one.");
  }
  doc.Notices(out.notices);
  return doc;
}

}  // namespace

server::Tool QuerySeries(const Deps& deps) {
  return MakeTool<Args, Output>(schemas::kQuerySeries, deps, Run, Render);
}

}  // namespace pmcp::tools
