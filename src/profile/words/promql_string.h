// String literals of PromQL: "…" and '…' with Go's escapes, `…` without
// escapes.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace pmcp::profile {

/// A parsed string and the text that follows it.
struct PromqlString {
  std::string value;
  std::string_view rest;
};

/// `text` begins with one of the three quotes. Refuses what Prometheus refuses:
/// text that is not UTF-8, U+FFFD (which Prometheus takes for invalid UTF-8), a
/// line break in quotes, and an unknown escape. The error's message continues a
/// sentence: "has a string that is not closed".
Result<PromqlString> ParsePromqlString(std::string_view text);

/// A PromQL string in double quotes. Characters that are not safe to show are
/// escaped. Parsing the result gives `value` again.
std::string Quote(std::string_view value);

}  // namespace pmcp::profile
