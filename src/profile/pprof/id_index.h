// IdIndex: maps the 64-bit ids of a profile's functions, locations or mappings
// to their indices. Built once, read-only afterwards.
//
// Most profilers use the ids 1, 2, 3, …, which need no table. If ids are small,
// a vector is the fastest map. Some profilers use addresses as ids: these are
// looked up in a sorted list. It is slower than a hash table, but no choice of
// ids by an attacker makes it quadratic.
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
  /// Maps `ids[i]` to i. An id that occurs twice maps to one of its places.
  explicit IdIndex(std::span<const std::uint64_t> ids);
  /// The index of the ids 1, 2, … `count`.
  static IdIndex InOrder(std::size_t count) {
    IdIndex index{{}};
    index.in_order_ = count;
    return index;
  }

  /// kNoIndex for an unknown id and for 0.
  std::uint32_t Find(std::uint64_t id) const {
    if (id - 1 < in_order_) return static_cast<std::uint32_t>(id - 1);
    return id < dense_.size() ? dense_[id] : FindSparse(id);
  }
  /// An id other than 0 that occurs more than once, if any.
  std::optional<std::uint64_t> duplicate() const { return duplicate_; }

 private:
  void FillDense(std::span<const std::uint64_t> ids, std::uint64_t largest);
  void FillSparse(std::span<const std::uint64_t> ids);
  std::uint32_t FindSparse(std::uint64_t id) const;

  std::uint64_t in_order_ = 0;  // n if the ids are 1, 2, … n; else 0
  std::vector<std::uint32_t> dense_;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> sparse_;  // sorted
  std::optional<std::uint64_t> duplicate_;
};

}  // namespace pmcp::profile
