#include "tests/live/moved_profile.h"

#include <optional>

#include "base/gzip.h"
#include "tests/support/wire_writer.h"

namespace pmcp::live {
namespace {

constexpr std::size_t kMaxBytes = std::size_t{64} << 20;
constexpr std::uint32_t kTimeNanos = 9;

/// Iterates over the fields of a message as raw bytes.
class Fields {
 public:
  explicit Fields(std::string_view bytes) : rest_(bytes) {}

  /// False at the end, and if the next bytes are not a field.
  bool Next() {
    const std::string_view begin = rest_;
    if (rest_.empty()) return false;
    const auto tag = Varint();
    if (!tag || !Skip(static_cast<int>(*tag & 7))) return Fail();
    number_ = static_cast<std::uint32_t>(*tag >> 3);
    bytes_ = begin.substr(0, begin.size() - rest_.size());
    return true;
  }
  bool failed() const { return failed_; }
  std::uint32_t number() const { return number_; }
  std::string_view bytes() const { return bytes_; }
  std::uint64_t value() const { return value_; }  // of a varint

 private:
  bool Fail() {
    failed_ = true;
    return false;
  }

  std::optional<std::uint64_t> Varint() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(rest_[0]);
      rest_.remove_prefix(1);
      value |= std::uint64_t{byte & 0x7Fu} << shift;
      if (byte < 0x80) return value;
    }
    return std::nullopt;
  }

  bool Skip(int wire_type) {
    std::size_t size = 0;
    switch (wire_type) {
      case 0: {
        const auto value = Varint();
        value_ = value.value_or(0);
        return value.has_value();
      }
      case 1:
        size = 8;
        break;
      case 2: {
        const auto length = Varint();
        if (!length) return false;
        size = *length;
        break;
      }
      case 5:
        size = 4;
        break;
      default:
        return false;
    }
    if (size > rest_.size()) return false;
    rest_.remove_prefix(size);
    return true;
  }

  std::string_view rest_;
  std::string_view bytes_;
  std::uint32_t number_ = 0;
  std::uint64_t value_ = 0;
  bool failed_ = false;
};

}  // namespace

Result<std::string> MoveProfile(
    std::string_view file,
    const std::function<std::int64_t(std::int64_t)>& move) {
  std::string raw(file);
  if (IsGzip(file)) {
    PMCP_TRY(inflated, Gunzip(file, kMaxBytes));
    raw = inflated.view();
  }
  std::string moved;
  std::int64_t time = 0;
  Fields fields(raw);
  while (fields.Next()) {
    if (fields.number() == kTimeNanos) {
      time = static_cast<std::int64_t>(fields.value());
    } else {
      moved += fields.bytes();
    }
  }
  if (fields.failed()) return InvalidArgument("this is no pprof file");
  return Gzip(moved +
              test::WireWriter()
                  .Number(kTimeNanos, static_cast<std::uint64_t>(move(time)))
                  .bytes());
}

}  // namespace pmcp::live
