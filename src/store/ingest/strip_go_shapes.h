// Go's compiler writes the shapes of type parameters into function names, so
// that one function has many names. Pyroscope takes them out of what it is
// sent; so does the store.
#pragma once

#include <string>
#include <string_view>

#include "profile/pprof/pprof.h"

namespace pmcp::store {

/// Whether a profile comes from Go: by the agent that recorded it (`spy`, the
/// label pyroscope_spy) when that is known, else by its strings.
bool IsGoProfile(const profile::Profile& profile, std::string_view spy);

/// `name` without its sections in brackets that begin "[go.shape.":
/// "F[go.shape.struct { a []int }].G" is "F.G". Other brackets stay, and so
/// does what follows a bracket that is never closed.
std::string StripGoShapes(std::string_view name);

/// The same for all strings of `profile`.
void StripGoShapes(profile::Profile& profile);

}  // namespace pmcp::store
