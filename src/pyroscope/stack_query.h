// StackQuery: asks for stacks until little of them is hidden. A server cuts a
// tree down to a number of nodes and folds the rest into leaves "other".
#pragma once

#include <atomic>
#include <cstdint>

#include "base/call_context.h"
#include "base/result.h"
#include "profile/stack_tree.h"
#include "pyroscope/querier.h"
#include "source/query.h"

namespace pmcp::pyroscope {

/// A tree, and how much of its total is in leaves that may stand for others.
struct FoundStacks {
  profile::StackTree tree;
  std::int64_t hidden = 0;
};

/// Of leaves called "other" in a tree that was cut; 0 when it has fewer nodes
/// than it may have: then a function is really called so.
std::int64_t HiddenIn(const profile::StackTree& tree, std::int64_t max_nodes);

/// Thread-safe.
class StackQuery {
 public:
  explicit StackQuery(const Querier& querier) : querier_(querier) {}

  /// Asks again, for all nodes that the server gives, when more than 1 % is
  /// hidden; when that fails, the first answer counts.
  Result<FoundStacks> Find(const source::StacktraceQuery& query,
                           const CallContext& call) const;

 private:
  Result<FoundStacks> Ask(const source::StacktraceQuery& query,
                          std::int64_t max_nodes,
                          const CallContext& call) const;

  const Querier& querier_;
  // As far as its refusals told.
  mutable std::atomic<std::int64_t> most_nodes_{source::kMaxFlamegraphNodes};
};

}  // namespace pmcp::pyroscope
