// SplitMix64: random numbers that are the same on every machine, unlike those
// of the distributions in std.
#pragma once

#include <cstddef>
#include <cstdint>

namespace pmcp::test {

class SplitMix64 {
 public:
  explicit SplitMix64(std::uint64_t seed) : state_(seed) {}

  std::uint64_t Next() {
    state_ += 0x9E3779B97F4A7C15u;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }

  /// A number below `bound`, which is not 0. Slightly biased.
  std::size_t Below(std::size_t bound) { return Next() % bound; }

  bool OneIn(std::size_t n) { return Below(n) == 0; }

 private:
  std::uint64_t state_;
};

}  // namespace pmcp::test
