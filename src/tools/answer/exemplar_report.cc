#include "tools/answer/exemplar_report.h"

#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>
#include <utility>

#include "profile/words/quantity.h"
#include "tools/answer/describe.h"
#include "tools/answer/explain_empty.h"
#include "tools/answer/series_labels.h"
#include "tools/answer/table.h"

namespace pmcp::tools {
namespace {

using nlohmann::json;
using profile::Exemplar;
using profile::Label;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::int64_t kMostSteps = 10'000;
static_assert(kMostSteps < kMaxBuckets);

/// The texts that differ between the two kinds.
struct KindWords {
  std::string_view heading;
  std::string_view one;
  std::string_view id_argument;
};
constexpr KindWords kProfileWords = {"Largest profiles", "profile",
                                     "profile_ids"};
constexpr KindWords kSpanWords = {"Largest spans", "span", "span_ids"};

const KindWords& WordsOf(const ExemplarReport& report) {
  return report.kind == ExemplarsOf::kSpans ? kSpanWords : kProfileWords;
}

const std::string& IdOf(const ExemplarReport& report,
                        const Exemplar& exemplar) {
  return report.kind == ExemplarsOf::kSpans ? exemplar.span_id
                                            : exemplar.profile_id;
}

/// Largest first; the other fields make the order total.
bool ComesFirst(const Exemplar& a, const Exemplar& b) {
  if (a.value != b.value) return a.value > b.value;
  const auto rest = [](const Exemplar& e) {
    return std::tie(e.timestamp, e.span_id, e.trace_id, e.profile_id, e.labels);
  };
  return rest(a) < rest(b);
}

bool IsShown(const Label& label, const ExemplarReport& report) {
  return !profile::IsPrivateLabel(label.name) ||
         std::ranges::find(report.group_by, label.name) !=
             report.group_by.end();
}

json ExemplarJson(const Exemplar& exemplar) {
  json labels = json::object();
  for (const Label& label : exemplar.labels) labels[label.name] = label.value;
  json j = {{"timestamp", FormatTime(exemplar.timestamp)},
            {"value", exemplar.value},
            {"labels", std::move(labels)}};
  if (!exemplar.profile_id.empty()) j["profileId"] = exemplar.profile_id;
  if (!exemplar.span_id.empty()) j["spanId"] = exemplar.span_id;
  if (!exemplar.trace_id.empty()) j["traceId"] = exemplar.trace_id;
  return j;
}

std::vector<std::string> LabelColumns(const ExemplarReport& report) {
  std::vector<std::span<const Label>> sets;
  for (const Exemplar& exemplar : report.exemplars) {
    sets.emplace_back(exemplar.labels);
  }
  return TopCardinalityLabels(sets, report.max_label_columns);
}

Table ExemplarTable(const ExemplarReport& report) {
  const auto unit = profile::UnitOf(report.asked.query.type);
  const bool has_traces = std::ranges::any_of(
      report.exemplars, [](const auto& e) { return !e.trace_id.empty(); });
  Table table{.columns = {{report.kind == ExemplarsOf::kSpans ? "SPAN ID"
                                                              : "PROFILE ID"}}};
  if (has_traces) table.columns.push_back({"TRACE ID"});
  table.columns.push_back({"TIMESTAMP"});
  table.columns.push_back({"VALUE", Align::kRight});
  const std::vector<std::string> names = LabelColumns(report);
  for (const auto& name : names) table.columns.push_back({UpperCase(name)});
  for (const Exemplar& exemplar : report.exemplars) {
    auto& row = table.rows.emplace_back();
    row.push_back(IdOf(report, exemplar));
    if (has_traces) row.push_back(exemplar.trace_id);
    row.push_back(FormatTime(exemplar.timestamp));
    row.push_back(profile::FormatQuantity(exemplar.value, unit));
    for (const auto& name : names) {
      const std::string value = ValueOf(exemplar.labels, name);
      row.push_back(value.empty() ? std::string(kNoValue) : value);
    }
  }
  return table;
}

/// States that a source returns one exemplar per step (of spans: per step and
/// twentieth of the range of values).
std::string DescribeStep(const ExemplarReport& report) {
  const bool is_grouped = !report.group_by.empty();
  const std::string length = FormatLength(report.step);
  if (report.kind == ExemplarsOf::kProfiles) {
    return fmt::format(
        "{}: finds the largest profile of each step{}{}", length,
        is_grouped ? " and group" : "",
        report.part.count() == 0
            ? ""
            : fmt::format(", and of each part of {} where a step has several",
                          FormatLength(report.part)));
  }
  return fmt::format(
      "{}: finds the largest span of each step{} range of values", length,
      is_grouped ? ", group and" : " and");
}

/// The arguments of query_flamegraph that differ from its defaults: the only
/// source, CPU time, and the default window of the source.
std::string OtherArguments(const AskedProfiles& asked) {
  std::string arguments;
  if (!asked.is_only_source) {
    arguments += fmt::format("source=\"{}\", ", asked.name);
  }
  if (asked.query.type.sample_type != "cpu") {
    arguments += fmt::format("profile_type=\"{}\", ", asked.query.type.Id());
  }
  if (!asked.is_default_window) {
    arguments +=
        fmt::format("from=\"{}\", to=\"{}\", ", FormatTime(asked.range.from),
                    FormatTime(asked.range.to));
  }
  return arguments;
}

}  // namespace

Result<SeriesGrid> MakeExemplarGrid(const AskedProfiles& asked) {
  const std::int64_t whole = asked.range.length() / (seconds(1) * kMostSteps);
  return MakeSeriesGrid(asked.range, fmt::format("{}s", whole + 1),
                        asked.is_default_window);
}

void AddExemplars(std::span<const Exemplar> found,
                  std::span<const Label> series, ExemplarReport& report) {
  const TimeRange& window = report.asked.range;
  for (const Exemplar& exemplar : found) {
    if (IdOf(report, exemplar).empty()) continue;  // cannot be queried by id
    // The first step may begin before the window.
    if (exemplar.timestamp < window.from || exemplar.timestamp > window.to) {
      continue;
    }
    Exemplar& added = report.exemplars.emplace_back(exemplar);
    added.labels.insert(added.labels.end(), series.begin(), series.end());
    std::erase_if(added.labels, [&report](const Label& label) {
      return !IsShown(label, report);
    });
    std::ranges::sort(added.labels);
  }
}

Result<void> FinishExemplars(const CallContext& call, ExemplarReport& report) {
  std::ranges::sort(report.exemplars, ComesFirst);
  const auto repeated = std::ranges::unique(report.exemplars);
  report.exemplars.erase(repeated.begin(), repeated.end());
  report.found = report.exemplars.size();
  report.exemplars.resize(std::min(report.found, report.limit));
  if (report.found > 0) return {};
  PMCP_TRY(why, ExplainEmpty(report.asked, call));
  report.why_empty = std::move(why);
  return {};
}

void to_json(json& j, const ExemplarReport& report) {
  json exemplars = json::array();
  for (const Exemplar& exemplar : report.exemplars) {
    exemplars.push_back(ExemplarJson(exemplar));
  }
  const std::chrono::duration<double> step = report.step;
  j = {{"query", report.asked},
       {"from", FormatTime(report.asked.range.from)},
       {"to", FormatTime(report.asked.range.to)},
       {"profileType", DescribeType(report.asked)},
       {"unit", report.asked.query.type.sample_unit},
       {"groupBy", report.group_by},
       {"stepSeconds", step.count()},
       {"exemplars", std::move(exemplars)},
       {"exemplarCount", report.found},
       {"notices", report.notices},
       {"whyEmpty", report.why_empty}};
}

Document RenderExemplars(const ExemplarReport& report) {
  const KindWords& words = WordsOf(report);
  Document doc;
  doc.Heading(fmt::format("{}{}", words.heading,
                          report.exemplars.empty() ? ": none" : ""));
  Describe(report.asked, doc);
  doc.Fact("step", DescribeStep(report));
  if (!report.exemplars.empty()) {
    doc.Add(ExemplarTable(report));
    doc.Note(fmt::format(
        "query_flamegraph with {}{}=[\"{}\"] shows the functions of the first "
        "{}.",
        OtherArguments(report.asked), words.id_argument,
        IdOf(report, report.exemplars.front()), words.one));
    const auto value_at = [&](const Exemplar& exemplar, std::size_t i) {
      return ValueOf(exemplar.labels, report.group_by[i]);
    };
    NoteMissingLabels(report.group_by, report.exemplars, value_at, doc);
  }
  if (report.found > report.exemplars.size()) {
    doc.Note(fmt::format("{} more found; raise limit to see them.",
                         report.found - report.exemplars.size()));
  }
  for (const auto& sentence : report.why_empty) doc.Note(sentence);
  doc.Notices(report.notices);
  return doc;
}

}  // namespace pmcp::tools
