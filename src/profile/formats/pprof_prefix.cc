#include "profile/formats/pprof_prefix.h"

#include <cstddef>
#include <cstdint>
#include <optional>

#include "profile/pprof/pprof_fields.h"

namespace pmcp::profile {
namespace {

enum WireType : std::uint8_t { kVarint = 0, kBytes = 2 };

constexpr std::uint32_t kMaxField = 15;  // doc_url
constexpr int kMaxVarintBytes = 10;

/// A field of a message, as far as it lies in the prefix.
struct Field {
  std::uint32_t number = 0;
  std::uint8_t type = 0;
  std::string_view bytes;  // of kBytes
  bool is_whole = true;
};

/// nullopt when `text` ends inside of it, or it is too long.
std::optional<std::uint64_t> TakeVarint(std::string_view& text) {
  std::uint64_t value = 0;
  for (int i = 0; i < kMaxVarintBytes && !text.empty(); ++i) {
    const auto byte = static_cast<unsigned char>(text.front());
    text.remove_prefix(1);
    value |= static_cast<std::uint64_t>(byte & 0x7f) << (7 * i);
    if (byte < 0x80) return value;
  }
  return std::nullopt;
}

/// nullopt at a wire type that profile.proto does not use, and at the end.
std::optional<Field> TakeField(std::string_view& text) {
  const auto tag = TakeVarint(text);
  if (!tag) return std::nullopt;
  Field field{.number = static_cast<std::uint32_t>(*tag >> 3),
              .type = static_cast<std::uint8_t>(*tag & 7)};
  if (field.type != kVarint && field.type != kBytes) return std::nullopt;
  const auto value = TakeVarint(text);
  field.is_whole = value.has_value();
  if (field.type == kBytes && value) {
    field.is_whole = *value <= text.size();
    field.bytes = text.substr(0, *value);
    text.remove_prefix(field.bytes.size());
  }
  return field;
}

/// Only numbers, in fields 1 and 2.
bool IsValueType(std::string_view message) {
  bool has_any = false;
  while (!message.empty()) {
    const auto field = TakeField(message);
    if (!field || !field->is_whole || field->type != kVarint ||
        field->number < 1 || field->number > 2) {
      return false;
    }
    has_any = true;
  }
  return has_any;
}

bool IsWireTypeOf(const Field& field) {
  using Number = pprof_fields::Profile;
  switch (static_cast<Number>(field.number)) {
    case Number::kSampleType:
    case Number::kSample:
    case Number::kMapping:
    case Number::kLocation:
    case Number::kFunction:
    case Number::kStringTable:
    case Number::kPeriodType:
      return field.type == kBytes;
    case Number::kComment:
      return true;  // packed or not
    default:
      return field.type == kVarint;
  }
}

}  // namespace

bool LooksLikePprof(std::string_view prefix) {
  constexpr std::size_t kEnoughFields = 8;
  bool has_message = false;
  for (std::size_t i = 0; i < kEnoughFields && !prefix.empty(); ++i) {
    const auto field = TakeField(prefix);
    if (!field || field->number < 1 || field->number > kMaxField ||
        !IsWireTypeOf(*field)) {
      return false;
    }
    if (!field->is_whole) break;
    const bool is_type = field->number == 1 || field->number == 11;
    if (is_type && !IsValueType(field->bytes)) return false;
    has_message = has_message || field->type == kBytes;
  }
  return has_message;
}

}  // namespace pmcp::profile
