// StackBudget: merges the stacks of file after file within a memory budget, if
// possible. Not thread-safe.
//
// Profiles are held as they are, which is fast to visit, until they exceed the
// budget. Then they are folded into one tree, if the tree is smaller: profiles
// of one program have most stacks in common. Profiles with little in common are
// held even above the budget, because their tree would be many times larger and
// take minutes to build.
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
  /// `call` outlives this object. If it ends, stacks are missing from the
  /// result, so the caller has to check it.
  StackBudget(std::size_t budget_bytes, const CallContext& call)
      : most_held_(budget_bytes), budget_(budget_bytes), call_(call) {}

  /// `bytes` is the memory that the samples of `segment` take.
  void Add(profile::StackSegment segment, std::size_t bytes);
  profile::Stacks Finish() &&;

 private:
  bool TreeIsSmaller() const;
  void Fold();

  std::size_t most_held_;  // limit of held_bytes_ before the next fold is tried
  const std::size_t budget_;
  const CallContext& call_;
  profile::Stacks held_;
  std::size_t held_bytes_ = 0;
  profile::StackTree folded_;
  // Of the folded stacks, what the tree does not have.
  profile::StackTotals beside_tree_;
};

}  // namespace pmcp::store
