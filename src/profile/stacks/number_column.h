// NumberColumn: 64-bit numbers in 2, 4 or 8 bytes each, as few as the largest
// needs. A view of numbers that are held elsewhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace pmcp::profile {

class NumberColumn {
 public:
  NumberColumn() = default;
  /// Numbers of 2, 4 or 8 bytes; those of fewer than 8 are not negative.
  template <typename T>
  explicit NumberColumn(std::span<const T> numbers)
      : data_(numbers.data()), size_(numbers.size()), width_(sizeof(T)) {}

  /// How many bytes `largest`, and all below it, take.
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
