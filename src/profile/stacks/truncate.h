// Truncation of trees to a number of nodes, in Pyroscope's stages: cut nodes
// become leaves called "other" (docs/pyroscope-behavior.md, "Truncation").
// Pure.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "profile/stacks/stack_tree.h"

namespace pmcp::profile {

/// The name of the leaf that replaces cut nodes.
inline constexpr std::string_view kCutName = "other";

/// The total below which nodes are cut to keep about `max_nodes` of them; ties
/// may keep more. 0 if no node has to be cut. `max_nodes` < 1 means no limit.
std::int64_t TruncationThreshold(const StackTree& tree, std::int64_t max_nodes);
/// The threshold for nodes with these totals.
std::int64_t TruncationThreshold(std::vector<std::int64_t> totals,
                                 std::int64_t max_nodes);

/// Stage 1, when a store answers: children below the threshold become one leaf
/// "other" of their parent. If the parent keeps a real function called "other",
/// there is no such leaf, and the cut values are lost, as in Pyroscope.
StackTree TruncateStored(const StackTree& tree, std::int64_t max_nodes);

/// Stages 2 and 3, when a tree is sent: as stage 1, but a node called "other"
/// is always kept, and the cut values are added to it.
StackTree TruncateSent(const StackTree& tree, std::int64_t max_nodes);

/// Stage 4, when a tree is drawn: every node called "other" is cut, with its
/// children, and counts as one of the cut nodes.
StackTree TruncateDrawn(const StackTree& tree, std::int64_t max_nodes);

}  // namespace pmcp::profile
