#include "base/utf8.h"

namespace pmcp {
namespace {

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

char Continuation(char32_t code_point, int shift) {
  return static_cast<char>(0x80 | ((code_point >> shift) & 0x3F));
}

}  // namespace

Utf8Step DecodeUtf8(std::string_view text) {
  static constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t length = SequenceLength(lead);
  if (length == 0) return {kInvalidUtf8, 1};
  if (length == 1) return {lead, 1};
  char32_t value = lead & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if (!IsContinuation(text, i)) return {kInvalidUtf8, i};
    value = (value << 6) | (static_cast<unsigned char>(text[i]) & 0x3Fu);
  }
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < kSmallest[length] || surrogate || value > 0x10FFFF) {
    return {kInvalidUtf8, length};
  }
  return {value, length};
}

void AppendUtf8(std::string& text, char32_t code_point) {
  if (code_point < 0x80) {
    text += static_cast<char>(code_point);
  } else if (code_point < 0x800) {
    text += static_cast<char>(0xC0 | (code_point >> 6));
    text += Continuation(code_point, 0);
  } else if (code_point < 0x10000) {
    text += static_cast<char>(0xE0 | (code_point >> 12));
    text += Continuation(code_point, 6);
    text += Continuation(code_point, 0);
  } else {
    text += static_cast<char>(0xF0 | (code_point >> 18));
    text += Continuation(code_point, 12);
    text += Continuation(code_point, 6);
    text += Continuation(code_point, 0);
  }
}

}  // namespace pmcp
