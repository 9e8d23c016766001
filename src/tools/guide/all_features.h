// AllFeatures: all that the product offers over MCP, in one place.
#pragma once

#include "server/offer/features.h"
#include "tools/args/deps.h"

namespace pmcp::tools {

/// Tools, resources and prompts. Completion comes with the last two. What
/// `deps` refers to outlives them.
server::Features AllFeatures(const Deps& deps);

}  // namespace pmcp::tools
