// TruncateSamples: truncation as in truncate.h, but of the samples of a pprof
// profile, which keep their lines and files (docs/pyroscope-behavior.md,
// "Merged pprof"). Pure.
#pragma once

#include <cstdint>

#include "profile/pprof/pprof.h"

namespace pmcp::profile {

/// `merged` is what a MergedProfiles made, and so is the result. Functions are
/// chosen as by TruncateStored. In a stack, all that a function which has to go
/// calls becomes one location "other"; the function itself stays, as in
/// Pyroscope. Stacks of which nothing may stay become one sample "other".
Profile TruncateSamples(Profile merged, std::int64_t max_nodes);

}  // namespace pmcp::profile
