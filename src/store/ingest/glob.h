// GlobMatches: matches the patterns of labels.json against paths.
#pragma once

#include <string_view>

namespace pmcp::store {

/// `*` matches any text, `?` any one byte, everything else itself. Both match
/// "/", so "*.cpu.*" matches a file in any folder. The whole path has to match.
/// The time is at most proportional to the product of both lengths.
bool GlobMatches(std::string_view pattern, std::string_view path);

}  // namespace pmcp::store
