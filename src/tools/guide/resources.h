// The product's resources: what there is to ask about, under addresses that a
// person can attach to a conversation. Reading one gives the text that the
// tools give, made by the same code (tools/guide/resource_uri.h has the
// addresses).
#pragma once

#include "server/offer/features.h"
#include "tools/args/deps.h"

namespace pmcp::tools {

/// `deps` outlives them.
server::Resources AllResources(const Deps& deps);

}  // namespace pmcp::tools
