// span_exemplars: finds the most expensive spans (single requests).
#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "generated/schemas.h"
#include "tools/answer/exemplar_report.h"
#include "tools/answer/make_tool.h"
#include "tools/tools.h"

namespace pmcp::tools {
namespace {

struct Args : ProfileQuestionArgs {
  std::vector<std::string> group_by;
  int max_label_columns = 3;
  int limit = 10;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Args, group_by,
                                                max_label_columns, limit)

Result<source::HeatmapQuery> QueryOf(const AskedProfiles& asked,
                                     const SeriesGrid& grid, const Args& args) {
  source::ProfileQuery profiles = asked.query;
  profiles.range = grid.range;
  const std::chrono::duration<double> step = grid.step;
  return source::MakeHeatmapQuery(std::move(profiles),
                                  {.group_by = args.group_by,
                                   .step_seconds = step.count(),
                                   .kind = source::HeatmapKind::kSpan,
                                   .exemplars = source::ExemplarKind::kSpan});
}

/// The most frequent reason for an empty answer.
constexpr std::string_view kNoSpans =
    "Profiles match, but none of their samples belongs to a span: a program "
    "must add span ids to its profiles (OpenTelemetry with a profiling "
    "wrapper does). profile_exemplars needs no spans.";

/// Whether any profile of the window matches, with or without spans.
Result<bool> HasProfiles(const source::HeatmapQuery& asked,
                         const source::ProfileSource& source,
                         const CallContext& call) {
  const std::chrono::duration<double> whole = asked.profiles.range.length();
  PMCP_TRY(query, source::MakeSeriesQuery(asked.profiles, {}, whole.count()));
  query.wants_bucket_before = false;
  PMCP_TRY(series, source.SelectSeries(query, call));
  const TimePointMs from = asked.profiles.range.from;
  return std::ranges::any_of(series.data, [from](const profile::Series& one) {
    return std::ranges::any_of(one.points, [from](const profile::Point& point) {
      return point.timestamp > from;
    });
  });
}

Result<ExemplarReport> Run(const Args& args, const Deps& deps,
                           const server::ToolContext& context) {
  const CallContext& call = context.call();
  PMCP_TRY(asked, ResolveProfileQuery(args, deps, call));
  PMCP_TRY(grid, MakeExemplarGrid(asked));
  PMCP_TRY(query, QueryOf(asked, grid, args));
  PMCP_TRY(heatmap, asked.source->SelectHeatmap(query, call));
  ExemplarReport report{
      .asked = std::move(asked),
      .kind = ExemplarsOf::kSpans,
      .group_by = args.group_by,
      .step = grid.step,
      .limit = static_cast<std::size_t>(args.limit),
      .max_label_columns = static_cast<std::size_t>(args.max_label_columns),
      .notices = std::move(heatmap.notices)};
  for (const profile::HeatmapSeries& one : heatmap.data) {
    for (const profile::HeatmapSlot& slot : one.slots) {
      AddExemplars(slot.exemplars, one.labels, report);
    }
  }
  PMCP_TRY_VOID(FinishExemplars(call, report));
  if (report.exemplars.empty()) {
    PMCP_TRY(has_profiles, HasProfiles(query, *report.asked.source, call));
    if (has_profiles) report.why_empty = {std::string(kNoSpans)};
  }
  return report;
}

}  // namespace

server::Tool SpanExemplars(const Deps& deps) {
  return MakeTool<Args, ExemplarReport>(schemas::kSpanExemplars, deps, Run,
                                        RenderExemplars);
}

}  // namespace pmcp::tools
