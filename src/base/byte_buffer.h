// ByteBuffer: the bytes of a file. Like std::string, but Resize does not clear
// new bytes, and large buffers use huge pages.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/huge_pages.h"
#include "base/raw_vector.h"

namespace pmcp {

class ByteBuffer {
 public:
  ByteBuffer() = default;
  explicit ByteBuffer(std::string_view bytes)
      : bytes_(bytes.begin(), bytes.end()) {}

  char* data() { return bytes_.data(); }
  std::size_t size() const { return bytes_.size(); }
  std::string_view view() const { return {bytes_.data(), bytes_.size()}; }

  /// Keeps the contents; additional bytes are uninitialized.
  void Resize(std::size_t size) {
    if (size > bytes_.capacity()) {
      bytes_.reserve(size);
      PreferHugePages(bytes_.data(), size);
    }
    bytes_.resize(size);
  }

  friend bool operator==(const ByteBuffer& a, std::string_view b) {
    return a.view() == b;
  }

 private:
  RawVector<char> bytes_;
};

}  // namespace pmcp
