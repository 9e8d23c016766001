// WrappingAdd: a sum of foreign int64 values. A profile may hold values whose
// sum is past 2^63; Go, and so Pyroscope, wraps around then, and so do we,
// without the undefined behaviour that a plain + would have.
#pragma once

#include <cstdint>

namespace pmcp::profile {

constexpr std::int64_t WrappingAdd(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) +
                                   static_cast<std::uint64_t>(b));
}

constexpr std::int64_t WrappingSubtract(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) -
                                   static_cast<std::uint64_t>(b));
}

}  // namespace pmcp::profile
