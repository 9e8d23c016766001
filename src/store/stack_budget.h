// StackBudget: the stacks of one file after the other, within a budget of
// memory as long as that is possible. Not thread-safe.
//
// A few profiles are held as they are, which is quick to walk. What is more
// than the budget becomes one tree, if that is smaller: profiles of one program
// have most stacks in common. Where they have little in common, a tree would be
// many times larger and take minutes to make, so they are held all the same.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/call_context.h"
#include "profile/stacks/stack_tree.h"
#include "profile/stacks/stacks.h"

namespace pmcp::store {

class StackBudget {
 public:
  /// `call` outlives the collector. When it is over, the stacks are not all
  /// there, which the caller has to look for.
  StackBudget(std::size_t budget_bytes, const CallContext& call)
      : most_held_(budget_bytes), budget_(budget_bytes), call_(call) {}

  /// `bytes`: what its samples take in memory.
  void Add(profile::StackSegment segment, std::size_t bytes);
  profile::Stacks Finish() &&;

 private:
  bool TreeIsSmaller() const;
  void Fold();

  std::size_t most_held_;  // before it is asked whether a tree is smaller
  const std::size_t budget_;
  const CallContext& call_;
  profile::Stacks held_;
  std::size_t held_bytes_ = 0;
  profile::StackTree folded_;
};

}  // namespace pmcp::store
