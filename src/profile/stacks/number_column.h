// NumberColumn: a view of 64-bit numbers that are stored in 2, 4 or 8 bytes
// each, the fewest that the largest number needs. Another object owns the
// storage.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace pmcp::profile {

class NumberColumn {
 public:
  NumberColumn() = default;
  /// `T` has 2, 4 or 8 bytes. Numbers of 2 or 4 bytes are unsigned.
  template <typename T>
  explicit NumberColumn(std::span<const T> numbers)
      : data_(numbers.data()), size_(numbers.size()), width_(sizeof(T)) {}

  /// The width in bytes that stores `largest` and every smaller number.
  static std::size_t WidthFor(std::uint64_t largest) {
    return largest <= 0xffff ? 2 : largest <= 0xffff'ffff ? 4 : 8;
  }

  std::size_t size() const { return size_; }
  std::uint64_t operator[](std::size_t i) const {
    switch (width_) {
      case 2:
        return static_cast<const std::uint16_t*>(data_)[i];
      case 4:
        return static_cast<const std::uint32_t*>(data_)[i];
      default:
        return static_cast<const std::uint64_t*>(data_)[i];
    }
  }

 private:
  const void* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t width_ = 8;
};

}  // namespace pmcp::profile
