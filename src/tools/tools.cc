#include "tools/tools.h"

namespace pmcp::tools {

std::vector<server::Tool> AllTools(const Deps& deps) {
  return {ListProfileTypes(deps), ListLabels(deps), QueryFlamegraph(deps),
          TopSeries(deps)};
}

}  // namespace pmcp::tools
