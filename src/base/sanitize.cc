#include "base/sanitize.h"

#include <cstddef>
#include <cstdint>

namespace pmcp {
namespace {

constexpr char32_t kInvalid = 0xFFFFFFFF;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

struct Decoded {
  char32_t code_point;
  std::size_t bytes;  // to move on by, also behind an invalid sequence
};

bool IsContinuation(std::string_view text, std::size_t at) {
  return at < text.size() &&
         (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

std::size_t SequenceLength(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead < 0xE0) return 2;
  if (lead >= 0xE0 && lead < 0xF0) return 3;
  if (lead >= 0xF0 && lead < 0xF5) return 4;
  return 0;
}

/// The code point at the front of `text`. Overlong forms, surrogates and
/// values past U+10FFFF are invalid (RFC 3629).
Decoded Decode(std::string_view text) {
  static constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t length = SequenceLength(lead);
  if (length == 0) return {kInvalid, 1};
  if (length == 1) return {lead, 1};
  char32_t value = lead & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if (!IsContinuation(text, i)) return {kInvalid, i};
    value = (value << 6) | (static_cast<unsigned char>(text[i]) & 0x3Fu);
  }
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < kSmallest[length] || surrogate || value > 0x10FFFF) {
    return {kInvalid, length};
  }
  return {value, length};
}

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
    const Decoded next = Decode(text.substr(at));
    if (next.code_point == kInvalid || IsControl(next.code_point) ||
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
    const Decoded next = Decode(text);
    if (next.code_point == kInvalid) {
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
