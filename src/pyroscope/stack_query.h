// StackQuery: gets stacks and asks again for more nodes if too much is hidden.
// A server truncates a tree to a number of nodes and folds the rest into leaves
// called "other".
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "base/call_context.h"
#include "base/result.h"
#include "profile/stacks/stack_tree.h"
#include "pyroscope/querier.h"
#include "source/query.h"

namespace pmcp::pyroscope {

/// A tree, and how much of its total is in folded leaves.
struct FoundStacks {
  profile::StackTree tree;
  std::int64_t hidden = 0;
};

/// The sum of the leaves called "other" in a truncated tree. 0 if the tree has
/// fewer than `max_nodes` nodes: it is complete, and "other" is a function.
std::int64_t HiddenIn(const profile::StackTree& tree, std::int64_t max_nodes);

/// The stacks of `tree` that begin with the functions of `call_site`, which
/// stay part of them.
profile::StackTree Below(const profile::StackTree& tree,
                         const std::vector<std::string>& call_site);

/// Thread-safe.
class StackQuery {
 public:
  /// The second request of a query ends `patience` after the start of the
  /// first.
  StackQuery(const Querier& querier, std::chrono::milliseconds patience)
      : querier_(querier), patience_(patience) {}

  /// If more than 1 % is hidden, asks again for as many nodes as the server
  /// allows, and asks for these at once the next time; if that fails, returns
  /// the answer with fewer nodes. A call site that the server would ignore is
  /// applied here.
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

  bool IsLarge(const source::StacktraceQuery& query) const;
  void RememberLarge(const source::StacktraceQuery& query, bool is_large) const;

  const Querier& querier_;
  const std::chrono::milliseconds patience_;
  // The server's limit, lowered by its refusals.
  mutable std::atomic<std::int64_t> most_nodes_{source::kMaxFlamegraphNodes};
  mutable std::mutex mutex_;  // guards large_
  // The profile types and selectors whose stacks needed a second request.
  mutable std::set<std::string> large_;
};

}  // namespace pmcp::pyroscope
