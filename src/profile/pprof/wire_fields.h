// WireFields: iterates over the fields of one protobuf message. The bytes are
// untrusted: nothing outside of the message is read.
//
// An own, inline implementation, because decoding small profiles spends most of
// its time going from field to field. Throws nothing.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace pmcp::profile {

/// The first error in the bytes of a message.
enum class WireProblem : std::uint8_t { kNone, kCutShort, kBroken };

/// Reads the varint at `next` and returns the place after it. Returns null on
/// an error and sets `problem`, unless it is set already.
const char* ReadWireNumber(const char* next, const char* end,
                           std::uint64_t& number, WireProblem& problem);

inline constexpr std::uint64_t kTopBits = 0x8080808080808080u;

/// Joins the lowest seven bits of each byte.
constexpr std::uint64_t SqueezeBytes(std::uint64_t bytes) {
  bytes = (bytes & 0x007f007f007f007fu) | (bytes >> 1 & 0x3f803f803f803f80u);
  bytes = (bytes & 0x00003fff00003fffu) | (bytes >> 2 & 0x0fffc0000fffc000u);
  return (bytes & 0x0fffffffu) | (bytes >> 4 & 0x00fffffff0000000u);
}

class WireFields {
 public:
  /// `problem` outlives this object. Inner messages may share it.
  WireFields(std::string_view message, WireProblem& problem)
      : next_(message.data()),
        end_(next_ + message.size()),
        problem_(&problem) {}

  /// Moves to the first or next field. False after the last field and on an
  /// error.
  bool Next();

  // The current field.
  std::uint32_t tag() const { return tag_; }
  bool is_number() const { return type_ == kVarint; }
  bool is_bytes() const { return type_ == kBytes; }
  std::uint64_t number() const { return number_; }
  /// The content of a text, a message or a packed list.
  std::string_view bytes() const { return bytes_; }
  /// The place after the field.
  const char* end_of_field() const { return next_; }

 private:
  enum Type : std::uint8_t { kVarint, kFixed64, kBytes, kGroup, kFixed32 = 5 };
  static constexpr std::uint64_t kMaxTag = (1u << 29) - 1;

  bool ReadShortField();
  bool ReadNumber(std::uint64_t& number);
  bool ReadBytes(std::uint64_t size);
  bool Fail(WireProblem problem);

  const char* next_;
  const char* const end_;
  WireProblem* const problem_;
  std::uint32_t tag_ = 0;
  Type type_ = kVarint;
  std::uint64_t number_ = 0;
  std::string_view bytes_;
};

inline bool WireFields::Next() {
  if (next_ == end_) return false;
  if (ReadShortField()) return true;
  std::uint64_t key = 0;
  if (!ReadNumber(key)) return false;
  tag_ = static_cast<std::uint32_t>(key >> 3);
  type_ = static_cast<Type>(key & 7);
  if (key >> 3 == 0 || key >> 3 > kMaxTag) return Fail(WireProblem::kBroken);
  switch (type_) {
    case kVarint:
      return ReadNumber(number_);
    case kBytes: {
      std::uint64_t size = 0;
      return ReadNumber(size) && ReadBytes(size);
    }
    case kFixed64:
      return ReadBytes(8);
    case kFixed32:
      return ReadBytes(4);
    default:
      return Fail(WireProblem::kBroken);
  }
}

// Reads a field whose key and number, or length, have one byte each, as most
// fields.
inline bool WireFields::ReadShortField() {
  if (end_ - next_ < 2) return false;
  const auto key = static_cast<std::uint8_t>(next_[0]);
  const auto number = static_cast<std::uint8_t>(next_[1]);
  if (((key | number) & 0x80) != 0 || key < 8) return false;
  tag_ = key >> 3;
  type_ = static_cast<Type>(key & 7);
  if (type_ == kVarint) {
    number_ = number;
    next_ += 2;
    return true;
  }
  if (type_ != kBytes || number > end_ - next_ - 2) return false;
  bytes_ = {next_ + 2, number};
  next_ += 2 + number;
  return true;
}

// Keys and lengths mostly have one byte, other numbers one or two.
inline bool WireFields::ReadNumber(std::uint64_t& number) {
  if (end_ - next_ >= 2) {
    const auto first = static_cast<std::uint8_t>(next_[0]);
    if (first < 0x80) {
      number = first;
      ++next_;
      return true;
    }
    const auto second = static_cast<std::uint8_t>(next_[1]);
    if (second < 0x80) {
      number = (first & 0x7fu) | (second << 7);
      next_ += 2;
      return true;
    }
  }
  // Longer numbers, such as addresses, mostly have at most eight bytes.
  if (std::endian::native == std::endian::little && end_ - next_ >= 8) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, next_, 8);
    const std::uint64_t stops = ~bytes & kTopBits;
    if (stops != 0) {
      next_ += (std::countr_zero(stops) + 1) / 8;
      number = SqueezeBytes(bytes & (stops ^ (stops - 1)));
      return true;
    }
  }
  // A local variable: passing the address of `number` would keep members of
  // this object out of registers.
  std::uint64_t long_number = 0;
  const char* const behind =
      ReadWireNumber(next_, end_, long_number, *problem_);
  next_ = behind == nullptr ? end_ : behind;
  number = long_number;
  return behind != nullptr;
}

inline bool WireFields::ReadBytes(std::uint64_t size) {
  if (size > static_cast<std::uint64_t>(end_ - next_)) {
    return Fail(WireProblem::kCutShort);
  }
  bytes_ = {next_, static_cast<std::size_t>(size)};
  next_ += size;
  return true;
}

inline bool WireFields::Fail(WireProblem problem) {
  if (*problem_ == WireProblem::kNone) *problem_ = problem;
  next_ = end_;
  return false;
}

}  // namespace pmcp::profile
