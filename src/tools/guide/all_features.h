// AllFeatures: the tools, resources and prompts that the product offers over
// MCP.
#pragma once

#include "server/offer/features.h"
#include "tools/args/deps.h"

namespace pmcp::tools {

/// Resources and prompts include their completions. What `deps` refers to
/// outlives the features.
server::Features AllFeatures(const Deps& deps);

}  // namespace pmcp::tools
