// Dedent: an indented raw string literal as the text that its author means.
#pragma once

#include <string>
#include <string_view>

namespace pmcp::test {

/// Without the line break at the begin, the white space that all lines share
/// at their left, and the blanks of the last line.
std::string Dedent(std::string_view text);

}  // namespace pmcp::test
