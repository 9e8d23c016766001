// Composition: which concrete objects stand behind the interfaces. The only
// place below main that names the sources there are.
#pragma once

#include "app/config.h"
#include "base/clock.h"
#include "base/metrics.h"
#include "source/sources.h"

namespace pmcp::app {

/// The sources that `config` names; none is asked anything yet. `clock`
/// outlives them, and so does `metrics`, which counts what is asked of servers;
/// null: nothing is counted.
source::Sources MakeSources(const Config& config, const Clock& clock,
                            Metrics* metrics = nullptr);

}  // namespace pmcp::app
