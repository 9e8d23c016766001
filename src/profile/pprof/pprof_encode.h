// EncodePprof: a Profile as bytes of profile.proto, not compressed.
#pragma once

#include <string>

#include "profile/pprof/pprof.h"

namespace pmcp::profile {

/// Every field in the order of its number, zero values left out, repeated
/// numbers packed: equal profiles give equal bytes.
std::string EncodePprof(const Profile& profile);

}  // namespace pmcp::profile
