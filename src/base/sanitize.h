// Sanitize: makes a string from a profile safe to show to a model or in a log.
//
// Names in profiles are untrusted: they can contain terminal escapes,
// bidirectional overrides that reorder the displayed text, invisible tag
// characters that hide instructions, or bytes that are not UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace pmcp {

/// Returns valid UTF-8 without control characters (C0, DEL, C1; tab and newline
/// become a space), without bidirectional and invisible characters (U+061C,
/// 200B..200F, 2028..202E, 2060..206F, FEFF, FFF9..FFFB, tags E0000..E007F).
/// Each invalid byte sequence becomes U+FFFD. Linear time.
std::string Sanitize(std::string_view text);

/// True when Sanitize would return `text` unchanged.
bool IsSafeText(std::string_view text);

}  // namespace pmcp
