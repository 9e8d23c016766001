// How tests read pprof profiles: without ids, and in an order of its own, as
// the order in a profile means nothing.
#pragma once

#include <string>

#include "profile/pprof/pprof.h"

namespace pmcp::test {

/// One sample a line, sorted: "main;serve>inlined;leaf 3", as ProfileBuilder
/// takes them, with all values.
std::string StacksText(const profile::Profile& profile);

/// Everything that has a meaning: the header, then one sample a line, sorted,
/// with lines, files, addresses and mappings of its locations.
std::string FullText(const profile::Profile& profile);

}  // namespace pmcp::test
