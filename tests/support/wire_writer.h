// WireWriter: protobuf messages by hand, valid or not, without the library
// that the product reads them with.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pmcp::test {

class WireWriter {
 public:
  WireWriter& Number(std::uint32_t field, std::uint64_t value) {
    return Varint(field << 3).Varint(value);
  }
  WireWriter& Bytes(std::uint32_t field, std::string_view bytes) {
    Varint(field << 3 | 2).Varint(bytes.size());
    bytes_ += bytes;
    return *this;
  }
  WireWriter& Message(std::uint32_t field, const WireWriter& message) {
    return Bytes(field, message.bytes_);
  }
  WireWriter& Fixed64(std::uint32_t field) {
    Varint(field << 3 | 1);
    bytes_.append(8, '\1');
    return *this;
  }
  /// `bytes` are eight, the lowest first.
  WireWriter& Double(std::uint32_t field, std::string_view bytes) {
    Varint(field << 3 | 1);
    bytes_ += bytes;
    return *this;
  }
  WireWriter& Varint(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) {
      bytes_ += static_cast<char>(value | 0x80);
    }
    bytes_ += static_cast<char>(value);
    return *this;
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

}  // namespace pmcp::test
