// Comparison of secrets, such as tokens and message authentication codes. Pure.
#pragma once

#include <string_view>

namespace pmcp {

/// Whether the two are equal. The time depends on the length of `guess` alone,
/// so a caller cannot find the secret byte by byte.
bool EqualsInConstantTime(std::string_view secret, std::string_view guess);

}  // namespace pmcp
