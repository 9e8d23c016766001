// The tools of the product, one file each. The list is explicit, so its order
// is the order of tools/list.
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

/// All tools, in the order of tools/list. What `deps` refers to outlives them.
std::vector<server::Tool> AllTools(const Deps& deps);

}  // namespace pmcp::tools
