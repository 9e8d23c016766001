// The tools of the product, one file each. An explicit list, so that a reader
// sees all of them at once and the order of tools/list is a decision.
#pragma once

#include <vector>

#include "server/offer/tool.h"
#include "tools/args/deps.h"

namespace pmcp::tools {

server::Tool Overview(const Deps& deps);
server::Tool ListProfileTypes(const Deps& deps);
server::Tool ListLabels(const Deps& deps);
server::Tool QueryFlamegraph(const Deps& deps);
server::Tool QuerySeries(const Deps& deps);
server::Tool TopSeries(const Deps& deps);
server::Tool ProfileExemplars(const Deps& deps);
server::Tool SpanExemplars(const Deps& deps);
server::Tool ExportPprof(const Deps& deps);

/// In the order in which clients see them. `deps` outlives the tools.
std::vector<server::Tool> AllTools(const Deps& deps);

}  // namespace pmcp::tools
