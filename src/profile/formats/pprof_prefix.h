// The beginning of a message of profile.proto, told from other bytes. Part of
// Recognize.
#pragma once

#include <string_view>

namespace pmcp::profile {

/// Whether `prefix` can be the beginning of a message of profile.proto: fields
/// of known numbers and of their types, and sample types that have fields of
/// numbers only. Other files have no chance above some 2^-20.
bool LooksLikePprof(std::string_view prefix);

}  // namespace pmcp::profile
