#include "profile/words/promql_string.h"

#include <fmt/core.h>

#include <cstdint>
#include <optional>
#include <utility>

#include "base/sanitize.h"
#include "base/utf8.h"

namespace pmcp::profile {
namespace {

constexpr char32_t kReplacementCharacter = 0xFFFD;
constexpr std::uint32_t kLargestCodePoint = 0x10FFFF;

// The escapes of one letter, and the character that each one stands for.
constexpr std::string_view kShortEscapes = "abfnrtv\\";
constexpr std::string_view kShortValues = "\a\b\f\n\r\t\v\\";

// A numeric escape: `\x41`, `\u00e9`, `\U0001F600`, `\101`.
struct NumberEscape {
  std::size_t digits;
  std::uint32_t base;
  std::uint32_t largest;
  bool is_byte;  // else a code point
};

std::optional<NumberEscape> NumberEscapeOf(char letter) {
  if (letter >= '0' && letter <= '7') return NumberEscape{3, 8, 255, true};
  switch (letter) {
    case 'x':
      return NumberEscape{2, 16, 255, true};
    case 'u':
      return NumberEscape{4, 16, kLargestCodePoint, false};
    case 'U':
      return NumberEscape{8, 16, kLargestCodePoint, false};
    default:
      return std::nullopt;
  }
}

std::uint32_t DigitValue(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return 16;
}

Error Broken(std::string what) {
  return InvalidArgument(fmt::format("has {}", what));
}

Error UnknownEscape(std::string_view escape) {
  return Broken(
      fmt::format("an unknown escape \"{}\" in a string", Sanitize(escape)));
}

class StringParser {
 public:
  explicit StringParser(std::string_view text)
      : quote_(text[0]), rest_(text.substr(1)) {}

  Result<PromqlString> Parse() {
    while (true) {
      if (rest_.empty()) return Broken("a string that is not closed");
      const char c = rest_[0];
      if (c == quote_) {
        return PromqlString{std::move(value_), rest_.substr(1)};
      }
      if (c == '\n' && quote_ != '`') {
        return Broken("a line break in a string; write it as \\n");
      }
      if (c == '\\' && quote_ != '`') {
        PMCP_TRY_VOID(TakeEscape());
      } else {
        PMCP_TRY_VOID(TakeCharacter());
      }
    }
  }

 private:
  Result<void> TakeCharacter() {
    const Utf8Step step = DecodeUtf8(rest_);
    if (step.code_point == kInvalidUtf8 ||
        step.code_point == kReplacementCharacter) {
      return Broken("a string that is not UTF-8");
    }
    value_ += rest_.substr(0, step.bytes);
    rest_.remove_prefix(step.bytes);
    return {};
  }

  Result<void> TakeEscape() {
    if (rest_.size() < 2) return Broken("a string that is not closed");
    const char letter = rest_[1];
    if (letter == quote_) {
      value_ += quote_;
    } else if (const std::size_t place = kShortEscapes.find(letter);
               place != std::string_view::npos) {
      value_ += kShortValues[place];
    } else if (const auto number = NumberEscapeOf(letter)) {
      return TakeNumber(*number);
    } else {
      return UnknownEscape(
          rest_.substr(0, 1 + DecodeUtf8(rest_.substr(1)).bytes));
    }
    rest_.remove_prefix(2);
    return {};
  }

  Result<void> TakeNumber(const NumberEscape& escape) {
    // An octal escape has no letter: its first digit is part of the number.
    const std::size_t head = escape.base == 8 ? 1 : 2;
    const std::string_view all = rest_.substr(0, head + escape.digits);
    std::uint32_t number = 0;
    for (const char digit : all.substr(head)) {
      if (DigitValue(digit) >= escape.base) return UnknownEscape(all);
      number = number * escape.base + DigitValue(digit);
    }
    const bool surrogate = number >= 0xD800 && number < 0xE000;
    if (all.size() != head + escape.digits || number > escape.largest ||
        surrogate) {
      return UnknownEscape(all);
    }
    if (escape.is_byte) {
      value_ += static_cast<char>(number);
    } else {
      AppendUtf8(value_, number);
    }
    rest_.remove_prefix(all.size());
    return {};
  }

  const char quote_;
  std::string_view rest_;
  std::string value_;
};

void AppendEscaped(std::string& text, std::string_view bytes,
                   char32_t code_point) {
  if (code_point == '\n') {
    text += "\\n";
  } else if (code_point == '\t') {
    text += "\\t";
  } else if (code_point == kInvalidUtf8) {
    for (const char byte : bytes) {
      text += fmt::format("\\x{:02x}", static_cast<unsigned char>(byte));
    }
  } else {
    const auto number = static_cast<std::uint32_t>(code_point);
    text += number > 0xFFFF ? fmt::format("\\U{:08x}", number)
                            : fmt::format("\\u{:04x}", number);
  }
}

}  // namespace

Result<PromqlString> ParsePromqlString(std::string_view text) {
  return StringParser(text).Parse();
}

std::string Quote(std::string_view value) {
  std::string text = "\"";
  while (!value.empty()) {
    const Utf8Step step = DecodeUtf8(value);
    const std::string_view bytes = value.substr(0, step.bytes);
    if (bytes == "\"" || bytes == "\\") {
      text += '\\';
      text += bytes;
    } else if (IsSafeText(bytes) && step.code_point != kReplacementCharacter) {
      text += bytes;
    } else {
      AppendEscaped(text, bytes, step.code_point);
    }
    value.remove_prefix(step.bytes);
  }
  return text + '"';
}

}  // namespace pmcp::profile
