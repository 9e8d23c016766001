// RandomTree: trees for property tests, from a seed.
#pragma once

#include <span>
#include <string_view>

#include "profile/stacks/stack_tree.h"
#include "tests/support/random.h"

namespace pmcp::test {

/// Up to 30 stacks of up to 6 of `names`, values 1 to 50, so that names recur
/// in a stack and totals tie.
profile::StackTree RandomTree(SplitMix64& random,
                              std::span<const std::string_view> names);

}  // namespace pmcp::test
