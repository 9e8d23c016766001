// SampleNumbers: which samples of a profile belong to one label set, ascending.
// In most profiles all do, and of those no list is kept.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace pmcp::store {

class SampleNumbers {
 public:
  SampleNumbers() = default;
  /// All numbers below `count`.
  static SampleNumbers All(std::size_t count) {
    SampleNumbers numbers;
    numbers.all_ = count;
    return numbers;
  }

  /// Of a list that All() did not make.
  void Append(std::uint32_t sample) { listed_.push_back(sample); }

  std::size_t size() const { return all_ > 0 ? all_ : listed_.size(); }
  std::uint32_t operator[](std::size_t i) const {
    return all_ > 0 ? static_cast<std::uint32_t>(i) : listed_[i];
  }
  std::size_t memory_bytes() const {
    return listed_.capacity() * sizeof(listed_[0]);
  }

 private:
  std::size_t all_ = 0;  // 0: those that are listed
  std::vector<std::uint32_t> listed_;
};

}  // namespace pmcp::store
