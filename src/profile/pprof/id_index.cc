#include "profile/pprof/id_index.h"

#include <algorithm>

namespace pmcp::profile {

IdIndex::IdIndex(std::span<const std::uint64_t> ids) {
  std::uint64_t next = 1;
  if (std::ranges::all_of(ids, [&](auto id) { return id == next++; })) {
    in_order_ = ids.size();
    return;
  }
  std::uint64_t largest = 0;
  for (const std::uint64_t id : ids) largest = std::max(largest, id);
  if (largest <= 4 * ids.size() + 1024) {
    FillDense(ids, largest);
  } else {
    FillSparse(ids);
  }
}

void IdIndex::FillDense(std::span<const std::uint64_t> ids,
                        std::uint64_t largest) {
  dense_.assign(largest + 1, kNoIndex);
  for (std::uint32_t i = 0; i < ids.size(); ++i) {
    if (ids[i] == 0) continue;
    std::uint32_t& place = dense_[ids[i]];
    if (place != kNoIndex) duplicate_ = ids[i];
    place = i;
  }
}

void IdIndex::FillSparse(std::span<const std::uint64_t> ids) {
  sparse_.reserve(ids.size());
  for (std::uint32_t i = 0; i < ids.size(); ++i) {
    if (ids[i] != 0) sparse_.emplace_back(ids[i], i);
  }
  std::sort(sparse_.begin(), sparse_.end());
  const auto twice = std::adjacent_find(
      sparse_.begin(), sparse_.end(),
      [](const auto& a, const auto& b) { return a.first == b.first; });
  if (twice != sparse_.end()) duplicate_ = twice->first;
}

std::uint32_t IdIndex::FindSparse(std::uint64_t id) const {
  const auto place =
      std::lower_bound(sparse_.begin(), sparse_.end(), id,
                       [](const auto& entry, std::uint64_t wanted) {
                         return entry.first < wanted;
                       });
  if (place == sparse_.end() || place->first != id) return kNoIndex;
  return place->second;
}

}  // namespace pmcp::profile
