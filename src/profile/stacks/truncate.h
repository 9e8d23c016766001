// Truncation of trees to a number of nodes, as Pyroscope does it stage by
// stage: what is cut off becomes leaves called "other"
// (docs/pyroscope-behavior.md, "Truncation"). Pure.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "profile/stacks/stack_tree.h"

namespace pmcp::profile {

/// What stands for the functions that were cut off.
inline constexpr std::string_view kCutName = "other";

/// The total below which a node is cut so that about `max_nodes` stay; ties may
/// keep more. 0 when nothing has to go; `max_nodes` < 1 is no limit.
std::int64_t TruncationThreshold(const StackTree& tree, std::int64_t max_nodes);
/// The same for nodes that have these totals.
std::int64_t TruncationThreshold(std::vector<std::int64_t> totals,
                                 std::int64_t max_nodes);

/// Stage 1, on the way out of a store: children below the threshold become one
/// leaf "other" of their parent. A real function "other" that stays beside it
/// takes its place: there, as in Pyroscope, the values that were cut are lost.
StackTree TruncateStored(const StackTree& tree, std::int64_t max_nodes);

/// Stage 2 and 3, when a tree is sent: as stage 1, but a node called "other" is
/// always kept, with what it calls, and takes the rest.
StackTree TruncateSent(const StackTree& tree, std::int64_t max_nodes);

/// Stage 4, when a tree is drawn: every node called "other" is folded with what
/// is cut, and loses what it calls.
StackTree TruncateDrawn(const StackTree& tree, std::int64_t max_nodes);

}  // namespace pmcp::profile
