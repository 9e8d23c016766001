// IdIndex: from the 64-bit ids of a profile's functions, locations or mappings
// to their indices. Built once, read-only afterwards.
//
// Most profilers number from 1 in order, which needs no table at all; where
// ids are small a plain vector is the fastest map. Some take addresses as ids.
// For those a sorted list: slower, but no choice of ids by a stranger makes it
// quadratic, as a hash table without a secret would be.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "profile/pprof/pprof.h"

namespace pmcp::profile {

class IdIndex {
 public:
  /// `ids[i]` becomes i. An id that comes twice keeps one of its places.
  explicit IdIndex(std::span<const std::uint64_t> ids);
  /// Of the ids 1, 2, … `count`.
  static IdIndex InOrder(std::size_t count) {
    IdIndex index{{}};
    index.in_order_ = count;
    return index;
  }

  /// kNoIndex for an id that is not there, and for 0.
  std::uint32_t Find(std::uint64_t id) const {
    if (id - 1 < in_order_) return static_cast<std::uint32_t>(id - 1);
    return id < dense_.size() ? dense_[id] : FindSparse(id);
  }
  /// n when it is that of the ids 1, 2, … n; else 0.
  std::uint64_t in_order() const { return in_order_; }
  /// The id that was given more than once, if any (0 does not count).
  std::optional<std::uint64_t> duplicate() const { return duplicate_; }

 private:
  void FillDense(std::span<const std::uint64_t> ids, std::uint64_t largest);
  void FillSparse(std::span<const std::uint64_t> ids);
  std::uint32_t FindSparse(std::uint64_t id) const;

  std::uint64_t in_order_ = 0;  // ids 1, 2, … in_order_, when these are all
  std::vector<std::uint32_t> dense_;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> sparse_;  // sorted
  std::optional<std::uint64_t> duplicate_;
};

}  // namespace pmcp::profile
