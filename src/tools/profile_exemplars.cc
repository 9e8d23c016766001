// profile_exemplars: finds the most expensive single profiles.
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

Result<ExemplarReport> Run(const Args& args, const Deps& deps,
                           const server::ToolContext& context) {
  const CallContext& call = context.call();
  PMCP_TRY(asked, ResolveProfileQuery(args, deps, call));
  PMCP_TRY(grid, MakeExemplarGrid(asked));
  source::ProfileQuery profiles = asked.query;
  profiles.range = grid.range;
  const std::chrono::duration<double> step = grid.step;
  PMCP_TRY(query, source::MakeSeriesQuery(std::move(profiles), args.group_by,
                                          step.count(),
                                          source::ExemplarKind::kIndividual));
  PMCP_TRY(series, asked.source->SelectSeries(query, call));
  ExemplarReport report{
      .asked = std::move(asked),
      .kind = ExemplarsOf::kProfiles,
      .group_by = args.group_by,
      .step = grid.step,
      .limit = static_cast<std::size_t>(args.limit),
      .max_label_columns = static_cast<std::size_t>(args.max_label_columns),
      .notices = std::move(series.notices)};
  for (const profile::Series& one : series.data) {
    for (const profile::Point& point : one.points) {
      AddExemplars(point.exemplars, one.labels, report);
    }
  }
  PMCP_TRY_VOID(FinishExemplars(call, report));
  return report;
}

}  // namespace

server::Tool ProfileExemplars(const Deps& deps) {
  return MakeTool<Args, ExemplarReport>(schemas::kProfileExemplars, deps, Run,
                                        RenderExemplars);
}

}  // namespace pmcp::tools
