// ColumnArena: columns of different types in one allocation. A thousand small
// profiles have thousands of columns; one allocation for each of them would
// make the threads contend for malloc.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>

#include "base/check.h"

namespace pmcp::profile {

class ColumnArena {
 public:
  /// The bytes of a column of `count` numbers of `width` bytes, including the
  /// padding before it.
  static std::size_t BytesFor(std::size_t count, std::size_t width) {
    return count * width + (width - 1);
  }

  ColumnArena() = default;
  /// Allocates `bytes` bytes: the sum of BytesFor of all columns.
  explicit ColumnArena(std::size_t bytes)
      : size_(bytes),
        data_(std::make_unique_for_overwrite<std::byte[]>(bytes)) {}

  /// The next column. Its content is unspecified until it is written, and its
  /// address does not change while this object, or the one it is moved to,
  /// lives.
  template <typename T>
  std::span<T> Add(std::size_t count) {
    static_assert(std::is_trivially_copyable_v<T>);
    const std::size_t begin = (used_ + sizeof(T) - 1) / sizeof(T) * sizeof(T);
    PMCP_CHECK(begin <= size_ && count <= (size_ - begin) / sizeof(T));
    used_ = begin + count * sizeof(T);
    return {reinterpret_cast<T*>(data_.get() + begin), count};
  }

  std::size_t memory_bytes() const { return size_; }

 private:
  std::size_t size_ = 0;
  std::size_t used_ = 0;
  std::unique_ptr<std::byte[]> data_;
};

}  // namespace pmcp::profile
