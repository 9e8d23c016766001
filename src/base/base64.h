// Base64 encoding and strict decoding, in the two alphabets of RFC 4648. The
// decoders refuse every text that no encoder produces. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pmcp {

/// RFC 4648 section 4: + and /, padded. MCP uses it for binary contents.
std::string ToBase64(std::string_view bytes);
/// Returns nullopt for a character outside the alphabet, wrong padding, or
/// nonzero bits after the last byte.
std::optional<std::string> DecodeBase64(std::string_view text);

/// RFC 4648 section 5: - and _, not padded. Used for cursors and other opaque
/// strings of this server.
std::string ToBase64Url(std::string_view bytes);
std::optional<std::string> DecodeBase64Url(std::string_view text);

}  // namespace pmcp
