// Base64: bytes as text, in the two alphabets of RFC 4648, and back, strictly:
// nothing is taken that two readers could read differently. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pmcp {

/// Section 4: + and /, padded. What MCP sends binary contents in.
std::string ToBase64(std::string_view bytes);
/// Nullopt for a letter outside the alphabet, wrong padding, or bits that no
/// encoder sets.
std::optional<std::string> DecodeBase64(std::string_view text);

/// Section 5: - and _, not padded. What our own opaque strings are made of.
std::string ToBase64Url(std::string_view bytes);
std::optional<std::string> DecodeBase64Url(std::string_view text);

}  // namespace pmcp
