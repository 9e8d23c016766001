// The varints of a packed field, quickly: most bytes of a profile are ids of
// locations, and to read them is most of the work of decoding.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

#include "profile/wire_fields.h"

namespace pmcp::profile {

namespace internal {

inline constexpr std::uint64_t kTopBits = 0x8080808080808080u;

/// The lowest seven bits of each byte, side by side.
constexpr std::uint64_t Squeeze(std::uint64_t bytes) {
  bytes = (bytes & 0x007f007f007f007fu) | (bytes >> 1 & 0x3f803f803f803f80u);
  bytes = (bytes & 0x00003fff00003fffu) | (bytes >> 2 & 0x0fffc0000fffc000u);
  return (bytes & 0x0fffffffu) | (bytes >> 4 & 0x00fffffff0000000u);
}

}  // namespace internal

/// Calls `sink` for each number in [next, end), up to the first that is wrong.
/// For numbers that mostly are one or two bytes long, without a branch on which
/// of them it is.
template <typename Sink>
void ForEachShortNumber(const char* next, const char* end, WireProblem& problem,
                        Sink sink) {
  while (next != end) {
    if (end - next >= 2) {
      const std::uint32_t first = static_cast<std::uint8_t>(next[0]);
      const std::uint32_t second = static_cast<std::uint8_t>(next[1]);
      const std::uint32_t goes_on = first >> 7;
      if ((goes_on & second >> 7) == 0) {
        sink(std::uint64_t{(first & 0x7f) | (second << 7 & (0 - goes_on))});
        next += 1 + goes_on;
        continue;
      }
    }
    std::uint64_t number = 0;
    next = ReadWireNumber(next, end, number, problem);
    if (next == nullptr) return;
    sink(number);
  }
}

/// Calls `sink` for each number in [next, end), up to the first that is wrong.
/// Bytes up to `readable`, which is not below `end`, may be looked at.
///
/// For numbers of any length: two are read at a time, without a branch on their
/// lengths, which no processor could foretell: a clear top bit ends a number,
/// and each byte gives seven bits.
template <typename Sink>
void ForEachNumber(const char* next, const char* end, const char* readable,
                   WireProblem& problem, Sink sink) {
  while (next != end) {
    std::uint64_t bytes = internal::kTopBits;
    if (std::endian::native == std::endian::little && readable - next >= 8) {
      std::memcpy(&bytes, next, 8);
    }
    const std::uint64_t first = ~bytes & internal::kTopBits;
    const std::uint64_t second = first & (first - 1);
    const auto length = (std::countr_zero(second) + 1) / 8;
    if (second == 0 || length > end - next) {
      std::uint64_t number = 0;
      next = ReadWireNumber(next, end, number, problem);
      if (next == nullptr) return;
      sink(number);
      continue;
    }
    sink(internal::Squeeze(bytes & (first ^ (first - 1))));
    bytes &= second ^ (second - 1);
    sink(internal::Squeeze(bytes >> (std::countr_zero(first) + 1)));
    next += length;
  }
}

}  // namespace pmcp::profile
