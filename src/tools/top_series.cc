// top_series: finds the most expensive services, pods, versions …
#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/text.h"
#include "generated/schemas.h"
#include "profile/words/quantity.h"
#include "tools/answer/describe.h"
#include "tools/answer/explain_empty.h"
#include "tools/answer/make_tool.h"
#include "tools/answer/series_labels.h"
#include "tools/tools.h"

namespace pmcp::tools {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;

struct Args : ProfileQuestionArgs {
  std::vector<std::string> group_by = {"service_name"};
  int limit = 10;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Args, group_by, limit)

struct Group {
  std::vector<std::string> values;  // one per group-by label, "" if missing
  double total = 0;
};

struct Output {
  AskedProfiles asked;
  std::vector<std::string> group_by;
  std::vector<Group> groups;  // at most `limit`
  std::size_t group_count = 0;
  double total = 0;          // of all groups
  double omitted_total = 0;  // of the groups that are not in `groups`
  std::size_t limit = 0;
  std::vector<source::Notice> notices;
  std::vector<std::string> why_empty;
};

json GroupJson(const Group& group, const std::vector<std::string>& group_by,
               std::size_t rank) {
  json labels = json::object();
  for (std::size_t i = 0; i < group_by.size(); ++i) {
    if (!group.values[i].empty()) labels[group_by[i]] = group.values[i];
  }
  return {
      {"rank", rank}, {"labels", std::move(labels)}, {"total", group.total}};
}

void to_json(json& j, const Output& out) {
  json series = json::array();
  for (const auto& group : out.groups) {
    series.push_back(GroupJson(group, out.group_by, series.size() + 1));
  }
  j = {{"query", out.asked},
       {"profileType", DescribeType(out.asked)},
       {"groupBy", out.group_by},
       {"unit", out.asked.query.type.sample_unit},
       {"total", out.total},
       {"series", std::move(series)},
       {"seriesCount", out.group_count},
       {"omittedTotal", out.omitted_total},
       {"notices", out.notices},
       {"whyEmpty", out.why_empty}};
}

/// A query with one bucket, the window. A bucket excludes its left edge, so the
/// grid begins one millisecond earlier: a profile at the very start counts, as
/// in a flame graph of the window (docs/pyroscope-behavior.md, "Series
/// buckets").
Result<source::SeriesQuery> WholeWindow(
    source::ProfileQuery profiles, const std::vector<std::string>& group_by) {
  profiles.range.from -= milliseconds(1);
  const std::chrono::duration<double> step = profiles.range.length();
  PMCP_TRY(query, source::MakeSeriesQuery(std::move(profiles), group_by,
                                          step.count()));
  query.wants_bucket_before = false;
  return std::move(query);
}

/// The sum of the points inside the window; the first bucket lies before it.
double TotalOf(const profile::Series& series, TimePointMs grid_start) {
  double total = 0;
  for (const auto& point : series.points) {
    if (point.timestamp > grid_start) total += point.value;
  }
  return total;
}

std::vector<Group> MakeGroups(const std::vector<profile::Series>& all,
                              const std::vector<std::string>& group_by,
                              TimePointMs grid_start) {
  std::vector<Group> groups;
  for (const auto& series : all) {
    Group group{.total = TotalOf(series, grid_start)};
    if (group.total == 0) continue;
    for (const auto& name : group_by) {
      group.values.push_back(ValueOf(series.labels, name));
    }
    groups.push_back(std::move(group));
  }
  std::sort(groups.begin(), groups.end(), [](const auto& a, const auto& b) {
    return a.total != b.total ? a.total > b.total : a.values < b.values;
  });
  return groups;
}

/// Applies `limit` after summing, so that the totals include all groups.
void Fill(std::vector<Group> groups, std::size_t limit, Output& out) {
  out.group_count = groups.size();
  out.limit = limit;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    out.total += groups[i].total;
    if (i >= limit) out.omitted_total += groups[i].total;
  }
  groups.resize(std::min(groups.size(), limit));
  out.groups = std::move(groups);
}

Result<Output> Run(const Args& args, const Deps& deps,
                   const server::ToolContext& context) {
  const CallContext& call = context.call();
  PMCP_TRY(asked, ResolveProfileQuery(args, deps, call));
  PMCP_TRY(query, WholeWindow(asked.query, args.group_by));
  PMCP_TRY(series, asked.source->SelectSeries(query, call));
  Output out{.asked = asked,
             .group_by = args.group_by,
             .notices = std::move(series.notices)};
  Fill(MakeGroups(series.data, args.group_by, query.profiles.range.from),
       static_cast<std::size_t>(args.limit), out);
  if (out.groups.empty()) {
    PMCP_TRY(why, ExplainEmpty(asked, call));
    out.why_empty = why;
  }
  return out;
}

bool HasRate(const Output& out) {
  return !profile::IsGauge(out.asked.query.type) &&
         out.asked.range.length() >= std::chrono::seconds(1);
}

Table GroupTable(const Output& out) {
  const auto& type = out.asked.query.type;
  Table table{.columns = {{"RANK", Align::kRight},
                          {"TOTAL", Align::kRight},
                          {"SHARE", Align::kRight}}};
  if (HasRate(out)) table.columns.push_back({"RATE", Align::kRight});
  for (const auto& name : out.group_by)
    table.columns.push_back({UpperCase(name)});
  for (const auto& group : out.groups) {
    std::vector<std::string> row = {
        std::to_string(table.rows.size() + 1),
        profile::FormatQuantity(group.total, profile::UnitOf(type)),
        profile::FormatPercent(group.total, out.total)};
    if (HasRate(out)) {
      row.push_back(
          profile::FormatRate(group.total, type, out.asked.range.length()));
    }
    for (const auto& value : group.values) {
      row.push_back(value.empty() ? std::string(kNoValue) : value);
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

void NoteWhatIsMissing(const Output& out, Document& doc) {
  if (out.group_count > out.groups.size()) {
    doc.Note(DescribeRest(
        out.group_count - out.groups.size(), "series", "series",
        fmt::format(
            "{} ({})",
            profile::FormatQuantity(out.omitted_total,
                                    profile::UnitOf(out.asked.query.type)),
            profile::FormatPercent(out.omitted_total, out.total))));
  }
  const auto value_at = [](const Group& group, std::size_t i) {
    return std::string_view(group.values[i]);
  };
  NoteMissingLabels(out.group_by, out.groups, value_at, doc);
}

Document Render(const Output& out) {
  Document doc;
  doc.Heading(fmt::format("Top series by total, {}{}",
                          DescribeGroups(out.group_by),
                          out.groups.empty() ? ": none" : ""));
  Describe(out.asked, doc);
  if (!out.groups.empty()) {
    doc.Fact("total", DescribeTotal(out.total, out.asked) + "; 100% in SHARE");
    doc.Add(GroupTable(out));
    NoteWhatIsMissing(out, doc);
  }
  if (out.limit > static_cast<std::size_t>(Args{}.limit))
    doc.AllowLargeAnswer();
  for (const auto& sentence : out.why_empty) doc.Note(sentence);
  doc.Notices(out.notices);
  return doc;
}

}  // namespace

server::Tool TopSeries(const Deps& deps) {
  return MakeTool<Args, Output>(schemas::kTopSeries, deps, Run, Render);
}

}  // namespace pmcp::tools
