// Strings of PromQL: "…" and '…' with Go's escapes, `…` without any.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace pmcp::profile {

/// A string and the text behind it.
struct PromqlString {
  std::string value;
  std::string_view rest;
};

/// `text` begins with one of the three quotes. What Prometheus refuses is
/// refused: text that is not UTF-8 (and U+FFFD, which it takes for that), a
/// line break in quotes, an escape that it does not know. The error's message
/// is the end of a sentence: "has a string that is not closed".
Result<PromqlString> ParsePromqlString(std::string_view text);

/// A PromQL string in double quotes, of characters that are safe to show:
/// what is not is escaped, so that parsing it gives `value` again.
std::string Quote(std::string_view value);

}  // namespace pmcp::profile
