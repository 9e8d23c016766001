// SumsMemo: the sums of stacks that were ranked before. A follow-up question
// about the same stacks often changes only the order or the limit, and needs no
// second walk over millions of them. Thread-safe.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/shared_slot.h"
#include "profile/stacks/stacks.h"

namespace pmcp::profile {

/// All that a ranking needs, over all stacks. The vectors are indexed by the
/// ids of Stacks::names().
struct FunctionSums {
  std::vector<std::int64_t> self;
  std::vector<std::int64_t> total;  // counted once per stack
  std::vector<bool> on_stack;
  std::int64_t kept = 0;  // of the stacks that were counted
};

class SumsMemo {
 public:
  /// The sums that were kept for `stacks` or for a copy of them; null if none
  /// were.
  std::shared_ptr<const FunctionSums> Find(const Stacks& stacks) const;
  /// Keeps `sums` until `stacks` and all copies of them are gone. Nothing is
  /// added to `stacks` afterwards.
  void Keep(const Stacks& stacks, std::shared_ptr<const FunctionSums> sums);

 private:
  struct Entry {
    std::weak_ptr<const void> stacks;
    std::shared_ptr<const FunctionSums> sums;  // shared with rankings
  };
  // Replaced as a whole. Two calls at once may lose one entry, whose sums are
  // then made again.
  SharedSlot<std::vector<Entry>> entries_;
};

}  // namespace pmcp::profile
