// Base64, strictly: RFC 4648 with padding, and nothing that two readers could
// read differently.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pmcp::server {

/// Nullopt for a letter outside the alphabet, wrong padding, or bits that no
/// encoder sets.
std::optional<std::string> DecodeBase64(std::string_view text);

}  // namespace pmcp::server
