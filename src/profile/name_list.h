// NameList: texts with dense ids, one behind the other in memory: half of what
// a StringTable takes for names of usual length. Filled once, by one thread;
// any number of them may read it then.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/raw_vector.h"
#include "profile/string_table.h"

namespace pmcp::profile {

class NameList {
 public:
  /// `bytes` of them in all, which is below 2^32 as no profile is larger.
  void Reserve(std::size_t count, std::size_t bytes) {
    ends_.reserve(count);
    text_.reserve(bytes);
  }
  void Append(std::string_view name) {
    text_.insert(text_.end(), name.begin(), name.end());
    ends_.push_back(static_cast<std::uint32_t>(text_.size()));
  }

  std::string_view operator[](StringId id) const {
    const std::uint32_t begin = id == 0 ? 0 : ends_[id - 1];
    return {text_.data() + begin, ends_[id] - begin};
  }
  std::size_t size() const { return ends_.size(); }
  std::size_t memory_bytes() const {
    return text_.capacity() + ends_.capacity() * sizeof(ends_[0]);
  }

 private:
  RawVector<char> text_;
  RawVector<std::uint32_t> ends_;
};

}  // namespace pmcp::profile
