// SampleNumbers: the indices of the samples of one label set, ascending. In
// most profiles these are all samples, for which no list is stored.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace pmcp::store {

class SampleNumbers {
 public:
  SampleNumbers() = default;
  /// The numbers 0, 1, … `count` - 1.
  static SampleNumbers All(std::size_t count) {
    SampleNumbers numbers;
    numbers.all_ = count;
    return numbers;
  }

  /// Not for an object that All() made.
  void Append(std::uint32_t sample) { listed_.push_back(sample); }

  std::size_t size() const { return all_ > 0 ? all_ : listed_.size(); }
  std::uint32_t operator[](std::size_t i) const {
    return all_ > 0 ? static_cast<std::uint32_t>(i) : listed_[i];
  }
  std::size_t memory_bytes() const {
    return listed_.capacity() * sizeof(listed_[0]);
  }

 private:
  std::size_t all_ = 0;  // above 0: all numbers below it; else listed_
  std::vector<std::uint32_t> listed_;
};

}  // namespace pmcp::store
