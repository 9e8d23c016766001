// NameFrames: a function for every frame that has no name, as pprof shows it:
// "[engine]", after the file of the mapping, or "<unknown>" without a mapping.
// Pure.
#pragma once

#include "profile/pprof/pprof.h"

namespace pmcp::store {

/// Every location of `profile` has a line afterwards, and every line has a
/// function with a name. Adds functions, lines and strings; changes no sample.
/// Every line's function exists (CheckReferences).
void NameFrames(profile::Profile& profile);

}  // namespace pmcp::store
