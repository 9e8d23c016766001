// PackedColumns: columns of different types in one allocation. A thousand small
// profiles have nine thousand columns, and threads that ask malloc for each of
// them wait for one another.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>

#include "base/check.h"

namespace pmcp::profile {

class PackedColumns {
 public:
  PackedColumns() = default;
  /// Room for columns of `bytes` bytes in all.
  explicit PackedColumns(std::size_t bytes)
      : size_(bytes),
        data_(std::make_unique_for_overwrite<std::byte[]>(bytes)) {}

  /// The next column, garbage until it is written; stays where it is for as
  /// long as this object, or what it is moved to, lives. Those of larger
  /// elements come first.
  template <typename T>
  std::span<T> Add(std::size_t count) {
    static_assert(std::is_trivially_copyable_v<T>);
    PMCP_CHECK(used_ % alignof(T) == 0);
    PMCP_CHECK(count <= (size_ - used_) / sizeof(T));
    auto* const place = reinterpret_cast<T*>(data_.get() + used_);
    used_ += count * sizeof(T);
    return {place, count};
  }

  std::size_t memory_bytes() const { return size_; }

 private:
  std::size_t size_ = 0;
  std::size_t used_ = 0;
  std::unique_ptr<std::byte[]> data_;
};

}  // namespace pmcp::profile
