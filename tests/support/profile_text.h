// Pprof profiles as text for comparisons in tests: without ids and sorted,
// since the order in a profile has no meaning.
#pragma once

#include <string>

#include "profile/pprof/pprof.h"

namespace pmcp::test {

/// One line per sample with all of its values, sorted: "main;serve>inlined;leaf
/// 3", in the notation of ProfileBuilder.
std::string StacksText(const profile::Profile& profile);

/// The header, then one line per sample, sorted, with the lines, files,
/// addresses and mappings of its locations.
std::string FullText(const profile::Profile& profile);

}  // namespace pmcp::test
