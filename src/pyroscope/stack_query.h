// StackQuery: asks for stacks until little of them is hidden. A server cuts a
// tree down to a number of nodes and folds the rest into leaves "other".
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "base/call_context.h"
#include "base/result.h"
#include "profile/stacks/stack_tree.h"
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

/// What is called at `call_site`, with the way there: the functions that every
/// stack begins with.
profile::StackTree Below(const profile::StackTree& tree,
                         const std::vector<std::string>& call_site);

/// Thread-safe.
class StackQuery {
 public:
  /// What is asked again ends when `patience` is over.
  StackQuery(const Querier& querier, std::chrono::milliseconds patience)
      : querier_(querier), patience_(patience) {}

  /// Asks again, for all nodes that the server gives, when more than 1 % is
  /// hidden; when that fails, the first answer counts. A call site that the
  /// server would drop is looked for here.
  Result<FoundStacks> Find(const source::StacktraceQuery& query,
                           const CallContext& call) const;

 private:
  Result<FoundStacks> Ask(const source::StacktraceQuery& query,
                          const std::vector<std::string>& call_site,
                          std::int64_t max_nodes,
                          const CallContext& call) const;
  Result<FoundStacks> FindAll(const source::StacktraceQuery& query,
                              const std::vector<std::string>& call_site,
                              const CallContext& call) const;

  const Querier& querier_;
  const std::chrono::milliseconds patience_;
  // As far as its refusals told.
  mutable std::atomic<std::int64_t> most_nodes_{source::kMaxFlamegraphNodes};
};

}  // namespace pmcp::pyroscope
