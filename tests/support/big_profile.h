// BigProfile: generates a large CPU profile that resembles a recorded one:
// stacks are random walks through a call graph, with some recursion and
// inlining.
//
// Equal options give equal bytes on every machine. tests/pprof compares its
// sums with recorded ones, and script/bench measures with it.
#pragma once

#include <cstddef>
#include <cstdint>

#include "profile/pprof/pprof.h"

namespace pmcp::test {

struct BigProfileOptions {
  std::size_t samples = 200'000;
  std::size_t functions = 20'000;
  /// The average number of locations of a stack.
  std::size_t depth = 30;
  std::uint64_t seed = 1;
};

profile::Profile BigProfile(const BigProfileOptions& options = {});

}  // namespace pmcp::test
