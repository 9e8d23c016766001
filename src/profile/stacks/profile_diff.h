// ProfileDiff: two trees side by side, as Pyroscope's Diff answers them
// (docs/pyroscope-behavior.md, "Diff format"). Pure. Values are absolute:
// windows of different lengths are the caller's matter.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "profile/stacks/stack_tree.h"

namespace pmcp::profile {

/// One node of both trees; the side that does not have it is 0.
struct DiffNode {
  std::string name;
  std::uint32_t parent = 0;  // index; the root's is itself
  std::int64_t left_self = 0;
  std::int64_t left_total = 0;
  std::int64_t right_self = 0;
  std::int64_t right_total = 0;
};

struct DiffTree {
  /// Each node before what it calls, children in byte order of their names with
  /// the leaf "other" of what was cut last; node 0 is the root, without a name.
  std::vector<DiffNode> nodes;
};

/// kInvalidArgument when a self is negative. `max_nodes` < 1 is no limit.
Result<DiffTree> DiffTrees(const StackTree& left, const StackTree& right,
                           std::int64_t max_nodes);

}  // namespace pmcp::profile
