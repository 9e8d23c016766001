// profile_exemplars: finds the most expensive single profiles.
#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "base/ask_at_once.h"
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

void AddSeries(const std::vector<profile::Series>& all,
               ExemplarReport& report) {
  for (const profile::Series& one : all) {
    for (const profile::Point& point : one.points) {
      AddExemplars(point.exemplars, one.labels, report);
    }
  }
}

/// A step of a series question has one exemplar, the largest profile. Where it
/// has more profiles, the step is asked again in this many parts.
constexpr int kPartsOfAStep = 1000;
/// The most steps that are asked again: requests to a server.
constexpr std::size_t kMostSplitSteps = 20;
constexpr std::size_t kStepsAtOnce = 4;

Result<source::SeriesQuery> QueryOf(const AskedProfiles& asked,
                                    const TimeRange& range,
                                    std::chrono::milliseconds step,
                                    const Args& args) {
  source::ProfileQuery profiles = asked.query;
  profiles.range = range;
  const std::chrono::duration<double> seconds = step;
  PMCP_TRY(query, source::MakeSeriesQuery(std::move(profiles), args.group_by,
                                          seconds.count(),
                                          source::ExemplarKind::kIndividual));
  return std::move(query);
}

/// The ends of steps that hold more profiles than their exemplar, those with
/// the largest exemplars first. The `limit` largest profiles lie in the `limit`
/// steps with the largest exemplars, so no more are needed.
std::vector<TimePointMs> SharedSteps(const std::vector<profile::Series>& all,
                                     std::size_t limit) {
  struct Step {
    std::int64_t largest = 0;
    bool is_shared = false;
  };
  std::map<TimePointMs, Step> steps;
  for (const profile::Series& series : all) {
    for (const profile::Point& point : series.points) {
      if (point.exemplars.empty()) continue;
      const std::int64_t value = point.exemplars.front().value;
      Step& step = steps[point.timestamp];
      step.largest = std::max(step.largest, value);
      if (point.value > static_cast<double>(value)) step.is_shared = true;
    }
  }
  std::vector<std::pair<std::int64_t, TimePointMs>> order;
  for (const auto& [time, step] : steps) order.push_back({step.largest, time});
  std::ranges::sort(order, std::greater<>());
  order.resize(std::min({order.size(), limit, kMostSplitSteps}));
  std::vector<TimePointMs> shared;
  for (const auto& [largest, time] : order) {
    if (steps[time].is_shared) shared.push_back(time);
  }
  return shared;
}

/// Adds the exemplars of the steps with several profiles.
Result<void> SplitSteps(const std::vector<TimePointMs>& ends, const Args& args,
                        const CallContext& call, ExemplarReport& report) {
  using std::chrono::milliseconds;
  const milliseconds part =
      std::max(report.step / kPartsOfAStep, milliseconds(1));
  std::vector<std::vector<profile::Series>> found(ends.size());
  PMCP_TRY_VOID(AskAtOnce(
      ends.size(), kStepsAtOnce, call,
      [&](std::size_t i, const CallContext& one) -> Result<void> {
        const TimeRange step{ends[i] - report.step, ends[i]};
        PMCP_TRY(query, QueryOf(report.asked, step, part, args));
        PMCP_TRY(series, report.asked.source->SelectSeries(query, one));
        found[i] = std::move(series.data);
        return {};
      }));
  for (const auto& series : found) AddSeries(series, report);
  report.part = part;
  return {};
}

Result<ExemplarReport> Run(const Args& args, const Deps& deps,
                           const server::ToolContext& context) {
  const CallContext& call = context.call();
  PMCP_TRY(asked, ResolveProfileQuery(args, deps, call));
  PMCP_TRY(grid, MakeExemplarGrid(asked));
  PMCP_TRY(query, QueryOf(asked, grid.range, grid.step, args));
  PMCP_TRY(series, asked.source->SelectSeries(query, call));
  ExemplarReport report{
      .asked = std::move(asked),
      .kind = ExemplarsOf::kProfiles,
      .group_by = args.group_by,
      .step = grid.step,
      .limit = static_cast<std::size_t>(args.limit),
      .max_label_columns = static_cast<std::size_t>(args.max_label_columns),
      .notices = std::move(series.notices)};
  AddSeries(series.data, report);
  const auto shared = SharedSteps(series.data, report.limit);
  if (!shared.empty()) PMCP_TRY_VOID(SplitSteps(shared, args, call, report));
  PMCP_TRY_VOID(FinishExemplars(call, report));
  return report;
}

}  // namespace

server::Tool ProfileExemplars(const Deps& deps) {
  return MakeTool<Args, ExemplarReport>(schemas::kProfileExemplars, deps, Run,
                                        RenderExemplars);
}

}  // namespace pmcp::tools
