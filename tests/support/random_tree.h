// RandomTree: random trees for property tests, by seed.
#pragma once

#include <span>
#include <string_view>

#include "profile/stacks/stack_tree.h"
#include "tests/support/random.h"

namespace pmcp::test {

/// Up to 30 stacks of up to 6 of `names` with values from 1 to 50, so that
/// stacks have recursion and totals have ties.
profile::StackTree RandomTree(SplitMix64& random,
                              std::span<const std::string_view> names);

}  // namespace pmcp::test
