// BigProfile: a large CPU profile, made up but like a real one: stacks are
// random walks through a call graph, with some recursion and inlining.
//
// The same options give the same bytes on every machine: tests/pprof compares
// sums over it with recorded ones, script/bench measures with it.
#pragma once

#include <cstddef>
#include <cstdint>

#include "profile/pprof/pprof.h"

namespace pmcp::test {

struct BigProfileOptions {
  std::size_t samples = 200'000;
  std::size_t functions = 20'000;
  /// Locations of a stack, on average.
  std::size_t depth = 30;
  std::uint64_t seed = 1;
};

profile::Profile BigProfile(const BigProfileOptions& options = {});

}  // namespace pmcp::test
