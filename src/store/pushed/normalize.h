// Normalize: changes a profile as Pyroscope does before it stores a pushed
// profile (docs/pyroscope-behavior.md, "Ingest"). It drops samples that are
// broken or all zero, merges equal samples where an answer shows it, and clears
// addresses, which change from start to start.
//
// Unlike Pyroscope, and without an effect on any answer, it keeps entities that
// only dropped samples refer to, does not merge functions that become equal
// without Go shapes, and does not repair stacks that old Go runtimes truncated.
// Pure.
#pragma once

#include <string_view>

#include "profile/pprof/pprof.h"

namespace pmcp::store {

/// `spy` is the value of the label pyroscope_spy, or "".
profile::Profile Normalize(profile::Profile profile, std::string_view spy);
void NormalizeInPlace(profile::Profile& profile, std::string_view spy);

}  // namespace pmcp::store
