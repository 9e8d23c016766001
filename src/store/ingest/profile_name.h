// ProfileName: the `__name__` of a profile that comes from a file, where no
// agent says what it pushes.
#pragma once

#include <string_view>

#include "profile/pprof/pprof.h"

namespace pmcp::store {

/// By the names of the sample types; `file_name` tells a block from a mutex
/// profile, whose types are the same. The first sample type's name when none
/// is known, which lives as long as the profile.
std::string_view ProfileName(const profile::Profile& profile,
                             std::string_view file_name);

}  // namespace pmcp::store
