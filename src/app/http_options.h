// From what the operator said to what the HTTP transport takes.
#pragma once

#include <vector>

#include "app/http_config.h"
#include "base/metrics.h"
#include "server/http/http_transport.h"
#include "server/http/mirror_headers.h"

namespace pmcp::app {

/// It says on stderr where it listens. `metrics` outlives the transport.
server::HttpOptions MakeHttpOptions(
    const HttpConfig& config, std::vector<server::MirroredArgument> mirrored,
    Metrics& metrics);

}  // namespace pmcp::app
