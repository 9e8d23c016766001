#include "tools/tools.h"

namespace pmcp::tools {

std::vector<server::Tool> AllTools(const Deps& deps) {
  return {Overview(deps),         ListProfileTypes(deps), ListLabels(deps),
          TopSeries(deps),        QueryFlamegraph(deps),  QuerySeries(deps),
          ProfileExemplars(deps), SpanExemplars(deps),    ExportPprof(deps)};
}

}  // namespace pmcp::tools
