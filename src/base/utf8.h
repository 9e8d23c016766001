// Decodes and encodes UTF-8, one code point at a time, strictly by RFC 3629.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pmcp {

inline constexpr char32_t kInvalidUtf8 = 0xFFFFFFFF;

struct Utf8Step {
  char32_t code_point = kInvalidUtf8;
  std::size_t bytes = 0;  // to skip, also after an invalid sequence
};

/// Decodes the code point at the front of `text`, which is not empty. Overlong
/// forms, surrogates and values above U+10FFFF are invalid.
Utf8Step DecodeUtf8(std::string_view text);

/// Appends `code_point`, which must be valid.
void AppendUtf8(std::string& text, char32_t code_point);

}  // namespace pmcp
