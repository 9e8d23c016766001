// Normalize: what Pyroscope does to a profile that was pushed before it stores
// it (docs/pyroscope-behavior.md, "Ingest"): drops samples that say nothing or
// are broken, merges equal ones where that shows, clears what changes from
// start to start.
//
// Left out, as no answer shows it: entities that only dropped samples refer to
// stay; functions that Go shapes made equal stay two; stacks that old Go
// runtimes cut short are not guessed at. Pure.
#pragma once

#include <string_view>

#include "profile/pprof/pprof.h"

namespace pmcp::store {

/// `spy` is the value of the label pyroscope_spy, if any.
profile::Profile Normalize(profile::Profile profile, std::string_view spy);
void NormalizeInPlace(profile::Profile& profile, std::string_view spy);

}  // namespace pmcp::store
