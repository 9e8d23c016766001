// WrappingAdd: int64 sums that wrap around. The values of a profile are
// untrusted, and their sum may exceed 2^63. Go wraps around then, so Pyroscope
// does; a plain `+` would be undefined behavior.
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
