// The version of the product, set by CMake's project().
#pragma once

#include <string_view>

namespace pmcp::app {

inline constexpr std::string_view kVersion = PMCP_VERSION;

}  // namespace pmcp::app
