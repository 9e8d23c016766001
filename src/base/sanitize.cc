#include "base/sanitize.h"

#include <cstddef>

#include "base/utf8.h"

namespace pmcp {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

bool IsHidden(char32_t c) {
  return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0x2028 || c == 0x2029 ||
         c == 0x061C || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) ||
         (c >= 0xE0000 && c <= 0xE007F);
}

bool IsControl(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }

bool IsPlainAscii(char c) { return c >= 0x20 && c < 0x7F; }

}  // namespace

bool IsSafeText(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (IsPlainAscii(text[at])) {
      ++at;
      continue;
    }
    const Utf8Step next = DecodeUtf8(text.substr(at));
    if (next.code_point == kInvalidUtf8 || IsControl(next.code_point) ||
        IsHidden(next.code_point)) {
      return false;
    }
    at += next.bytes;
  }
  return true;
}

std::string Sanitize(std::string_view text) {
  if (IsSafeText(text)) return std::string(text);
  std::string safe;
  safe.reserve(text.size());
  while (!text.empty()) {
    const Utf8Step next = DecodeUtf8(text);
    if (next.code_point == kInvalidUtf8) {
      safe += kReplacement;
    } else if (next.code_point == '\t' || next.code_point == '\n') {
      safe += ' ';
    } else if (!IsControl(next.code_point) && !IsHidden(next.code_point)) {
      safe += text.substr(0, next.bytes);
    }
    text.remove_prefix(next.bytes);
  }
  return safe;
}

}  // namespace pmcp
