#include "tools/args/dotted_names.h"

#include <algorithm>
#include <cstddef>

namespace pmcp::tools {
namespace {

bool IsNameCharacter(char c) {
  return c == '_' || c == '.' || (c >= '0' && c <= '9') ||
         (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// The length of the string in quotes that `text` begins with.
std::size_t QuotedLength(std::string_view text) {
  const char quote = text.front();
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == quote) return i + 1;
    if (text[i] == '\\' && quote != '`') ++i;
  }
  return text.size();
}

/// Whether an operator follows: "=", "!=", "=~" or "!~".
bool BeginsWithOperator(std::string_view text) {
  const std::size_t at = std::min(text.find_first_not_of(" \t\n"), text.size());
  const std::string_view rest = text.substr(at);
  return rest.starts_with('=') || rest.starts_with("!=") ||
         rest.starts_with("!~");
}

}  // namespace

std::string QuoteDottedNames(std::string_view selector) {
  std::string quoted;
  while (!selector.empty()) {
    const char c = selector.front();
    std::size_t length = 1;
    bool needs_quotes = false;
    if (c == '"' || c == '\'' || c == '`') {
      length = QuotedLength(selector);
    } else if (IsNameCharacter(c)) {
      const auto end =
          std::find_if_not(selector.begin(), selector.end(), IsNameCharacter);
      length = static_cast<std::size_t>(end - selector.begin());
      const std::string_view name = selector.substr(0, length);
      needs_quotes = name.find('.') != std::string_view::npos &&
                     BeginsWithOperator(selector.substr(length));
    }
    if (needs_quotes) quoted += '"';
    quoted += selector.substr(0, length);
    if (needs_quotes) quoted += '"';
    selector.remove_prefix(length);
  }
  return quoted;
}

}  // namespace pmcp::tools
