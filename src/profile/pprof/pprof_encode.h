// EncodePprof: encodes a Profile as a profile.proto message, not compressed.
#pragma once

#include <string>

#include "profile/pprof/pprof.h"

namespace pmcp::profile {

/// Writes the fields in the order of their tags, omits zero values and packs
/// repeated numbers, so that equal profiles give equal bytes.
std::string EncodePprof(const Profile& profile);

}  // namespace pmcp::profile
