// Fast decoding of the varints of a packed field. Most bytes of a profile are
// ids of locations, and decoding spends most of its time on them.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

#include "profile/pprof/wire_fields.h"

namespace pmcp::profile {

/// Calls `sink` for each number in [next, end), up to the first invalid one.
/// May read bytes up to `readable`, which is not below `end`.
///
/// For numbers that mostly have one or two bytes: eight bytes hold at least
/// four of them, which are decoded without a branch on their lengths.
template <typename Sink>
void ForEachShortNumber(const char* next, const char* end, const char* readable,
                        WireProblem& problem, Sink sink) {
  while (next != end) {
    const auto left = end - next;
    if (std::endian::native == std::endian::little && readable - next >= 8) {
      std::uint64_t bytes = 0;
      std::memcpy(&bytes, next, 8);
      const auto take = [&] {
        const std::uint64_t two = bytes >> 7 & 1;
        sink((bytes & 0x7f) | (bytes >> 1 & (0x3f80 & (0 - two))));
        bytes >>= 8 + 8 * two;
        next += 1 + two;
      };
      std::uint64_t goes_on = bytes & kTopBits;
      if (left < 8) goes_on &= (std::uint64_t{1} << (8 * left)) - 1;
      const bool all_are_short = (goes_on & goes_on << 8) == 0;
      if (all_are_short && left >= 8) {
        take();
        take();
        take();
        take();
        continue;
      }
      if (all_are_short && goes_on >> (8 * left - 1) == 0) {
        while (next != end) take();
        return;
      }
    }
    std::uint64_t number = 0;
    next = ReadWireNumber(next, end, number, problem);
    if (next == nullptr) return;
    sink(number);
  }
}

/// Calls `sink` for each number in [next, end), up to the first invalid one.
/// May read bytes up to `readable`, which is not below `end`.
///
/// For numbers of any length: decodes two at a time without a branch on their
/// lengths, as it would be unpredictable. A clear top bit ends a number, and
/// each byte has seven bits of it.
template <typename Sink>
void ForEachNumber(const char* next, const char* end, const char* readable,
                   WireProblem& problem, Sink sink) {
  while (next != end) {
    std::uint64_t bytes = kTopBits;
    if (std::endian::native == std::endian::little && readable - next >= 8) {
      std::memcpy(&bytes, next, 8);
    }
    const std::uint64_t first = ~bytes & kTopBits;
    const std::uint64_t second = first & (first - 1);
    const auto length = (std::countr_zero(second) + 1) / 8;
    if (second == 0 || length > end - next) {
      const auto first_length = (std::countr_zero(first) + 1) / 8;
      if (first != 0 && first_length <= end - next) {
        sink(SqueezeBytes(bytes & (first ^ (first - 1))));
        next += first_length;
        continue;
      }
      std::uint64_t number = 0;
      next = ReadWireNumber(next, end, number, problem);
      if (next == nullptr) return;
      sink(number);
      continue;
    }
    sink(SqueezeBytes(bytes & (first ^ (first - 1))));
    bytes &= second ^ (second - 1);
    sink(SqueezeBytes(bytes >> (std::countr_zero(first) + 1)));
    next += length;
  }
}

}  // namespace pmcp::profile
