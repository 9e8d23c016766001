// StackTable: the samples of a profile without their labels: stacks, as lists
// of locations, and values. Takes half of what a SampleTable takes for the
// stacks of a profile of usual size, whose locations have numbers below 65 535.
// Immutable; thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/raw_vector.h"
#include "profile/pprof.h"

namespace pmcp::profile {

class StackTable {
 public:
  /// The locations of all rows, leaf first, in numbers of one width.
  template <typename Id>
  class Rows {
   public:
    Rows(const Id* ids, const std::uint32_t* ends) : ids_(ids), ends_(ends) {}
    std::span<const Id> operator[](std::size_t row) const {
      const std::uint32_t begin = row == 0 ? 0 : ends_[row - 1];
      return {ids_ + begin, ids_ + ends_[row]};
    }

   private:
    const Id* ids_;
    const std::uint32_t* ends_;
  };

  StackTable() = default;
  /// `location_count` is that of their profile.
  StackTable(SampleTable&& samples, std::size_t location_count)
      : value_count_(samples.value_count()),
        columns_(samples.TakeStacks(location_count)) {}

  std::size_t size() const { return columns_.location_ends.size(); }
  std::size_t value_count() const { return value_count_; }
  std::span<const std::int64_t> values(std::size_t row) const {
    return std::span(columns_.values).subspan(row * value_count_, value_count_);
  }
  /// What `use` makes of the rows, which it takes in either width.
  template <typename Use>
  decltype(auto) WithLocations(Use use) const {
    const std::uint32_t* const ends = columns_.location_ends.data();
    return columns_.short_locations.empty()
               ? use(Rows<std::uint32_t>(columns_.locations.data(), ends))
               : use(Rows<std::uint16_t>(columns_.short_locations.data(),
                                         ends));
  }

  std::size_t memory_bytes() const { return columns_.memory_bytes(); }

 private:
  std::size_t value_count_ = 0;
  SampleTable::StackColumns columns_;
};

}  // namespace pmcp::profile
