// The product's resources: overviews of sources and services, and exported
// files, that a user can attach to a conversation. The text of a resource is
// the output of the corresponding tools. tools/guide/resource_uri.h has the
// URIs.
#pragma once

#include "server/offer/features.h"
#include "tools/args/deps.h"

namespace pmcp::tools {

/// What `deps` refers to outlives the resources.
server::Resources AllResources(const Deps& deps);

}  // namespace pmcp::tools
