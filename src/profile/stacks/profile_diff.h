// ProfileDiff: two trees side by side, as Pyroscope's Diff answers them
// (docs/pyroscope-behavior.md, "Diff format"). Pure. Values are absolute: the
// caller accounts for windows of different lengths.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "profile/stacks/stack_tree.h"

namespace pmcp::profile {

/// One node of either tree. The values of a side without this node are 0.
struct DiffNode {
  std::string name;
  std::uint32_t parent = 0;  // index; the root's is itself
  std::int64_t left_self = 0;
  std::int64_t left_total = 0;
  std::int64_t right_self = 0;
  std::int64_t right_total = 0;
};

struct DiffTree {
  /// In pre-order. Children are sorted by name in byte order, then follows the
  /// leaf "other" with the cut nodes. Node 0 is the root, whose name is "".
  std::vector<DiffNode> nodes;
};

/// kInvalidArgument if a self is negative. `max_nodes` < 1 means no limit.
Result<DiffTree> DiffTrees(const StackTree& left, const StackTree& right,
                           std::int64_t max_nodes);

}  // namespace pmcp::profile
