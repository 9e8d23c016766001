// The varints of a packed field, quickly: most bytes of a profile are ids of
// locations, and to read them is most of the work of decoding.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

namespace pmcp::profile {

/// One number of any length; `*next` moves behind it. Throws protozero's
/// exceptions when it is cut short or too long.
std::uint64_t ReadNumber(const char** next, const char* end);

namespace internal {

inline constexpr std::uint64_t kTopBits = 0x8080808080808080u;

/// The lowest seven bits of each byte, side by side.
constexpr std::uint64_t Squeeze(std::uint64_t bytes) {
  bytes = (bytes & 0x007f007f007f007fu) | (bytes >> 1 & 0x3f803f803f803f80u);
  bytes = (bytes & 0x00003fff00003fffu) | (bytes >> 2 & 0x0fffc0000fffc000u);
  return (bytes & 0x0fffffffu) | (bytes >> 4 & 0x00fffffff0000000u);
}

}  // namespace internal

/// Calls `sink` for each number in [next, end). Bytes up to `readable`, which
/// is not below `end`, may be looked at.
///
/// Two numbers are read at a time, without a branch on their lengths, which no
/// processor could foretell: a clear top bit ends a number, and each byte gives
/// seven bits.
template <typename Sink>
void ForEachNumber(const char* next, const char* end, const char* readable,
                   Sink sink) {
  while (next != end) {
    std::uint64_t bytes = internal::kTopBits;
    if (std::endian::native == std::endian::little && readable - next >= 8) {
      std::memcpy(&bytes, next, 8);
    }
    const std::uint64_t first = ~bytes & internal::kTopBits;
    const std::uint64_t second = first & (first - 1);
    const auto length = (std::countr_zero(second) + 1) / 8;
    if (second == 0 || length > end - next) {
      sink(ReadNumber(&next, end));
      continue;
    }
    sink(internal::Squeeze(bytes & (first ^ (first - 1))));
    bytes &= second ^ (second - 1);
    sink(internal::Squeeze(bytes >> (std::countr_zero(first) + 1)));
    next += length;
  }
}

}  // namespace pmcp::profile
