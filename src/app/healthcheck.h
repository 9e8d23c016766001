// The command `healthcheck`: a health probe over HTTP, for container images
// without curl.
#pragma once

#include "app/config.h"

namespace pmcp::app {

/// Sends one GET to `config.healthcheck_url`, with a timeout of a few seconds.
/// Prints nothing if the status is 200, and otherwise the error on stderr.
int RunHealthcheck(const Config& config);

}  // namespace pmcp::app
