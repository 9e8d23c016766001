// LiveRun: pushes the moved oracle to a server and compares what the tools say.
#pragma once

#include "app/source_config.h"
#include "base/clock.h"
#include "base/result.h"
#include "tests/live/compare.h"

namespace pmcp::live {

/// `asked` shows what was pushed: the same server, or a Grafana in front of it.
/// The error is that of the first push which is refused.
Result<Comparison> RunLive(const app::SourceConfig& pushed_to,
                           const app::SourceConfig& asked, const Clock& clock);

}  // namespace pmcp::live
