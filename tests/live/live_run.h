// LiveRun: pushes the moved oracle to a server and compares the tools' answers.
#pragma once

#include "app/source_config.h"
#include "base/clock.h"
#include "base/result.h"
#include "tests/live/compare.h"

namespace pmcp::live {

/// `asked` is the source that is compared: the same server, or a Grafana in
/// front of it. The error is that of the first push that is refused.
Result<Comparison> RunLive(const app::SourceConfig& pushed_to,
                           const app::SourceConfig& asked, const Clock& clock);

}  // namespace pmcp::live
