// Creates the concrete sources. The only place that knows all implementations
// of ProfileSource.
#pragma once

#include "app/config.h"
#include "base/clock.h"
#include "base/metrics.h"
#include "source/sources.h"

namespace pmcp::app {

/// The sources of `config`; sends no request. `clock` and `metrics` outlive
/// them. `metrics` counts the requests to servers; null: no metrics.
source::Sources MakeSources(const Config& config, const Clock& clock,
                            Metrics* metrics = nullptr);

}  // namespace pmcp::app
