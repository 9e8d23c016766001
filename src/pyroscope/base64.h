// Base64 (RFC 4648, section 4), with padding.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pmcp::pyroscope {

std::string ToBase64(std::string_view bytes);

/// nullopt: none, or one without its padding.
std::optional<std::string> FromBase64(std::string_view text);

}  // namespace pmcp::pyroscope
