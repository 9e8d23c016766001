// StripGoShapes: removes the shapes of type parameters from function names.
// Go's compiler adds them, so that one function has many names. Pyroscope
// removes them from pushed profiles.
#pragma once

#include <string>
#include <string_view>

#include "profile/pprof/pprof.h"

namespace pmcp::store {

/// Whether a Go program was profiled: by the agent that recorded it (`spy`, the
/// label pyroscope_spy) if it is known, else by the profile's strings.
bool IsGoProfile(const profile::Profile& profile, std::string_view spy);

/// Removes the sections in brackets that begin with "[go.shape." from `name`:
/// "F[go.shape.struct { a []int }].G" becomes "F.G". Keeps other brackets, and
/// everything from a bracket that is not closed.
std::string StripGoShapes(std::string_view name);

/// Does so for all strings of `profile`.
void StripGoShapes(profile::Profile& profile);

}  // namespace pmcp::store
