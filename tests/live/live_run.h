// LiveRun: pushes the moved oracle to a server and compares what the tools say.
#pragma once

#include "app/server_config.h"
#include "base/clock.h"
#include "base/result.h"
#include "tests/live/compare.h"

namespace pmcp::live {

/// The error is that of the first push which the server refuses.
Result<Comparison> RunLive(const app::ServerConfig& server, const Clock& clock);

}  // namespace pmcp::live
