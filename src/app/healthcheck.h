// The command `healthcheck`: is a server over HTTP well? For containers, whose
// images have no program that could ask.
#pragma once

#include "app/config.h"

namespace pmcp::app {

/// Asks `config.healthcheck_url` once, for some seconds at most. Silent when
/// the answer is 200; else what came instead is said on stderr.
int RunHealthcheck(const Config& config);

}  // namespace pmcp::app
