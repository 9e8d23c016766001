// ProfileName: the `__name__` of a profile from a file. For a pushed profile,
// the agent that pushes it sets this label.
#pragma once

#include <string_view>

#include "profile/pprof/pprof.h"

namespace pmcp::store {

/// Chosen by the names of the sample types. `file_name` distinguishes block and
/// mutex profiles, which have the same types. If no sample type is known, the
/// name of the first one; it is valid as long as the profile.
std::string_view ProfileName(const profile::Profile& profile,
                             std::string_view file_name);

}  // namespace pmcp::store
