// StackTable: the samples of a profile without their labels: stacks, as lists
// of locations, and values. A view of columns that StackSamples holds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace pmcp::profile {

class StackTable {
 public:
  /// The locations of all rows, leaf first, in numbers of one width.
  template <typename Id>
  class Rows {
   public:
    Rows(std::span<const Id> ids, std::span<const std::uint32_t> ends)
        : ids_(ids.data()), ends_(ends.data()) {}
    std::span<const Id> operator[](std::size_t row) const {
      const std::uint32_t begin = row == 0 ? 0 : ends_[row - 1];
      return {ids_ + begin, ids_ + ends_[row]};
    }

   private:
    const Id* ids_;
    const std::uint32_t* ends_;
  };

  /// A row has `value_count` values. Of the locations one column is given.
  struct Columns {
    std::span<const std::int64_t> values;
    std::span<const std::uint32_t> location_ends;
    std::span<const std::uint32_t> locations;
    std::span<const std::uint16_t> short_locations;
  };
  StackTable() = default;
  StackTable(std::size_t value_count, const Columns& columns)
      : value_count_(value_count), columns_(columns) {}

  std::size_t size() const { return columns_.location_ends.size(); }
  std::size_t value_count() const { return value_count_; }
  std::span<const std::int64_t> values(std::size_t row) const {
    return columns_.values.subspan(row * value_count_, value_count_);
  }
  /// What `use` makes of the rows, which it takes in either width.
  template <typename Use>
  decltype(auto) WithLocations(Use use) const {
    return columns_.short_locations.empty()
               ? use(Rows(columns_.locations, columns_.location_ends))
               : use(Rows(columns_.short_locations, columns_.location_ends));
  }

 private:
  std::size_t value_count_ = 0;
  Columns columns_;
};

}  // namespace pmcp::profile
