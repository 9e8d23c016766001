// CountsAsCpuTime: CPU time from samples that are only counted. Several
// profilers (Parca's agent, rbspy, OpenTelemetry's eBPF profiler) write
// samples/count and the CPU time between two samples as the period. Pure.
#pragma once

#include <string>
#include <vector>

#include "profile/pprof/pprof.h"

namespace pmcp::store {

/// Appends the sample type cpu/nanoseconds, whose values are the counts times
/// the period, when `profile` counts samples, has no type of time, and a period
/// of cpu/nanoseconds above 0. Says so in a remark that follows the name of the
/// file. Values beyond int64 stay at its limits.
void CountsAsCpuTime(profile::Profile& profile,
                     std::vector<std::string>& remarks);

}  // namespace pmcp::store
