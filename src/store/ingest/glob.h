// GlobMatches: the patterns of labels.json against paths.
#pragma once

#include <string_view>

namespace pmcp::store {

/// `*` is any text, `?` any one byte, everything else itself; both cross
/// folders, so that "*.cpu.*" finds a file however deep it lies. The whole
/// path has to match. Time is at most the product of both lengths.
bool GlobMatches(std::string_view pattern, std::string_view path);

}  // namespace pmcp::store
