#include "base/base64.h"

#include <cstddef>
#include <cstdint>

namespace pmcp {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kUrlAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::uint32_t Byte(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0;
}

/// Each group of three bytes is four characters; the last group may be short.
std::string Encode(std::string_view bytes, std::string_view alphabet) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::uint32_t group =
        Byte(bytes, i) << 16 | Byte(bytes, i + 1) << 8 | Byte(bytes, i + 2);
    for (std::size_t c = 0; c < 4 && i + c <= bytes.size(); ++c) {
      text += alphabet[group >> (18 - 6 * c) & 63];
    }
  }
  return text;
}

/// Returns the bytes that `encode` turns into `text`, or nullopt.
std::optional<std::string> Decode(std::string_view text,
                                  std::string_view alphabet,
                                  std::string (*encode)(std::string_view)) {
  std::string bytes;
  bytes.reserve(text.size() * 3 / 4);
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text.substr(0, text.find_last_not_of('=') + 1)) {
    const std::size_t value = alphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes += static_cast<char>(bits >> count & 255);
    }
  }
  // Refuses a single trailing character, wrong padding, and bits after the last
  // byte.
  if (encode(bytes) != text) return std::nullopt;
  return bytes;
}

}  // namespace

std::string ToBase64(std::string_view bytes) {
  std::string text = Encode(bytes, kAlphabet);
  text.append((4 - text.size() % 4) % 4, '=');
  return text;
}

std::string ToBase64Url(std::string_view bytes) {
  return Encode(bytes, kUrlAlphabet);
}

std::optional<std::string> DecodeBase64(std::string_view text) {
  return Decode(text, kAlphabet, ToBase64);
}

std::optional<std::string> DecodeBase64Url(std::string_view text) {
  return Decode(text, kUrlAlphabet, ToBase64Url);
}

}  // namespace pmcp
