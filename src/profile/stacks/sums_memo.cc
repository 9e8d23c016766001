#include "profile/stacks/sums_memo.h"

#include <utility>

namespace pmcp::profile {
namespace {

bool IsSame(const std::weak_ptr<const void>& a,
            const std::weak_ptr<const void>& b) {
  return !a.owner_before(b) && !b.owner_before(a);
}

}  // namespace

std::shared_ptr<const FunctionSums> SumsMemo::Find(const Stacks& stacks) const {
  const auto entries = entries_.Get();
  if (entries == nullptr) return nullptr;
  for (const Entry& entry : *entries) {
    if (IsSame(entry.stacks, stacks.identity())) return entry.sums;
  }
  return nullptr;
}

void SumsMemo::Keep(const Stacks& stacks,
                    std::shared_ptr<const FunctionSums> sums) {
  std::vector<Entry> kept;
  if (const auto entries = entries_.Get()) {
    for (const Entry& entry : *entries) {
      if (!entry.stacks.expired()) kept.push_back(entry);
    }
  }
  kept.push_back({stacks.identity(), std::move(sums)});
  entries_.Set(std::make_shared<const std::vector<Entry>>(std::move(kept)));
}

}  // namespace pmcp::profile
