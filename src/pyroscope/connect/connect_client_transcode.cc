#include "pyroscope/connect/connect_client_transcode.h"

#include <fmt/format.h>

#include <bit>
#include <charconv>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "base/base64.h"
#include "base/text.h"
#include "profile/pprof/wire_fields.h"

namespace pmcp::pyroscope {
namespace {

using nlohmann::json;

constexpr std::uint32_t kVarint = 0;
constexpr std::uint32_t kFixed64 = 1;
constexpr std::uint32_t kDelimited = 2;

void AddVarint(std::uint64_t value, std::string& bytes) {
  for (; value >= 0x80; value >>= 7) {
    bytes += static_cast<char>(value | 0x80);
  }
  bytes += static_cast<char>(value);
}

void AddFixed64(double value, std::string& bytes) {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  for (int shift = 0; shift < 64; shift += 8) {
    bytes += static_cast<char>(bits >> shift);
  }
}

void AddDelimited(std::uint32_t tag, std::string_view inner,
                  std::string& bytes) {
  AddVarint(tag << 3 | kDelimited, bytes);
  AddVarint(inner.size(), bytes);
  bytes += inner;
}

double DoubleOf(std::string_view bytes) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < 8 && i < bytes.size(); ++i) {
    bits |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  }
  return std::bit_cast<double>(bits);
}

/// The numbers of a packed list.
json Unpacked(JsonType type, std::string_view bytes) {
  json list = json::array();
  if (type == JsonType::kDouble) {
    for (; bytes.size() >= 8; bytes.remove_prefix(8)) {
      list.push_back(DoubleOf(bytes));
    }
    return list;
  }
  auto problem = profile::WireProblem::kNone;
  const char* next = bytes.data();
  const char* const end = next + bytes.size();
  std::uint64_t number = 0;
  while (next != nullptr && next != end) {
    next = profile::ReadWireNumber(next, end, number, problem);
    if (next != nullptr) list.push_back(static_cast<std::int64_t>(number));
  }
  return list;
}

json ObjectOf(const JsonMessage& schema, std::string_view message);

json ValueOf(const JsonField& field, const profile::WireFields& wire) {
  switch (field.type) {
    case JsonType::kText:
      return std::string(wire.bytes());
    case JsonType::kBytes:
      return ToBase64(wire.bytes());
    case JsonType::kNumber:
      return static_cast<std::int64_t>(wire.number());
    case JsonType::kDouble:
      return DoubleOf(wire.bytes());
    case JsonType::kMessage:
      return ObjectOf(*field.message, wire.bytes());
  }
  return nullptr;
}

// As deep as the schema.
json ObjectOf(const JsonMessage& schema, std::string_view message) {
  json object = json::object();
  auto problem = profile::WireProblem::kNone;
  profile::WireFields wire(message, problem);
  while (wire.Next()) {
    const JsonField* field = schema.Find(wire.tag());
    if (field == nullptr) continue;
    json& value = object[std::string(field->name)];
    const bool is_scalar =
        field->type == JsonType::kNumber || field->type == JsonType::kDouble;
    if (!field->is_list) {
      value = ValueOf(*field, wire);
    } else if (is_scalar && wire.is_bytes()) {
      for (json& one : Unpacked(field->type, wire.bytes())) {
        value.push_back(std::move(one));
      }
    } else {
      value.push_back(ValueOf(*field, wire));
    }
  }
  return object;
}

/// Nullopt when there is more than a number, none, or one out of range.
template <typename Number>
std::optional<Number> NumberIn(std::string_view text) {
  Number number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (stop != end || error != std::errc()) return std::nullopt;
  return number;
}

// Writes messages while their JSON is read, so that none of it is kept.
class JsonToWire {
 public:
  explicit JsonToWire(const JsonMessage& schema) {
    frames_.push_back({.schema = &schema});
  }

  bool started() const { return started_; }
  std::string Bytes() && { return std::move(frames_.front().bytes); }

  // What nlohmann's reader calls; false ends the reading.
  bool null() { return true; }
  bool boolean(bool value) { return Integer(value ? 1 : 0); }
  bool number_integer(json::number_integer_t value) {
    return Number(static_cast<std::uint64_t>(value),
                  static_cast<double>(value));
  }
  bool number_unsigned(json::number_unsigned_t value) {
    return Number(value, static_cast<double>(value));
  }
  bool number_float(json::number_float_t value, const std::string&) {
    if (Ignores()) return true;
    if (Field().type == JsonType::kDouble) return Double(value);
    if (value != std::floor(value) || std::abs(value) > 9e18) return false;
    return Integer(
        static_cast<std::uint64_t>(static_cast<std::int64_t>(value)));
  }
  bool string(std::string& text);
  bool binary(json::binary_t&) { return false; }
  bool start_object(std::size_t);
  bool key(std::string& name) {
    if (skipped_ == 0) frames_.back().field = frames_.back().schema->Find(name);
    return true;
  }
  bool end_object();
  bool start_array(std::size_t);
  bool end_array();
  bool parse_error(std::size_t, const std::string&,
                   const nlohmann::detail::exception&) {
    return false;
  }

 private:
  struct Frame {
    const JsonMessage* schema = nullptr;
    const JsonField* field = nullptr;  // null: one that is not known
    bool in_list = false;
    std::string bytes = {};
    std::string packed = {};
  };

  bool Ignores() const {
    return skipped_ > 0 || frames_.back().field == nullptr;
  }
  const JsonField& Field() const { return *frames_.back().field; }

  bool Number(std::uint64_t integer, double value) {
    if (Ignores()) return true;
    return Field().type == JsonType::kDouble ? Double(value) : Integer(integer);
  }
  bool Integer(std::uint64_t value) {
    if (Ignores()) return true;
    if (Field().type != JsonType::kNumber) return false;
    if (std::string* bytes = Place(kVarint)) AddVarint(value, *bytes);
    return true;
  }
  bool Double(double value) {
    if (std::string* bytes = Place(kFixed64)) AddFixed64(value, *bytes);
    return true;
  }
  /// Where a scalar goes: a list of them is packed.
  std::string* Place(std::uint32_t wire_type) {
    Frame& frame = frames_.back();
    if (frame.in_list) return &frame.packed;
    AddVarint(frame.field->tag << 3 | wire_type, frame.bytes);
    return &frame.bytes;
  }

  std::vector<Frame> frames_;
  int skipped_ = 0;  // levels inside of what is not known
  bool started_ = false;
};

/// Numbers of 64 bits are texts in JSON, and doubles may be "NaN".
bool JsonToWire::string(std::string& text) {
  if (Ignores()) return true;
  switch (Field().type) {
    case JsonType::kText:
      AddDelimited(Field().tag, text, frames_.back().bytes);
      return true;
    case JsonType::kBytes: {
      const auto bytes = DecodeBase64(text);
      if (bytes) AddDelimited(Field().tag, *bytes, frames_.back().bytes);
      return bytes.has_value();
    }
    case JsonType::kNumber: {
      if (const auto small = ParseInt64(text)) {
        return Integer(static_cast<std::uint64_t>(*small));
      }
      const auto large = NumberIn<std::uint64_t>(text);
      return large && Integer(*large);
    }
    case JsonType::kDouble: {
      const auto value = text == "NaN"
                             ? std::numeric_limits<double>::quiet_NaN()
                             : NumberIn<double>(text);
      return value && Double(*value);
    }
    case JsonType::kMessage:
      return false;
  }
  return false;
}

bool JsonToWire::start_object(std::size_t) {
  if (!started_) {
    started_ = true;
    return true;
  }
  if (Ignores()) {
    ++skipped_;
    return true;
  }
  if (Field().type != JsonType::kMessage) return false;
  frames_.push_back({.schema = Field().message});
  return true;
}

bool JsonToWire::end_object() {
  if (skipped_ > 0) {
    --skipped_;
  } else if (frames_.size() > 1) {
    const std::string bytes = std::move(frames_.back().bytes);
    frames_.pop_back();
    AddDelimited(Field().tag, bytes, frames_.back().bytes);
  }
  return true;
}

bool JsonToWire::start_array(std::size_t) {
  if (!started_) return false;
  if (Ignores()) {
    ++skipped_;
    return true;
  }
  Frame& frame = frames_.back();
  if (!frame.field->is_list || frame.in_list) return false;
  frame.in_list = true;
  return true;
}

bool JsonToWire::end_array() {
  if (skipped_ > 0) {
    --skipped_;
    return true;
  }
  Frame& frame = frames_.back();
  if (!frame.packed.empty()) {
    AddDelimited(frame.field->tag, frame.packed, frame.bytes);
  }
  frame.packed.clear();
  frame.in_list = false;
  return true;
}

}  // namespace

std::string ToJson(const JsonMessage& schema, std::string_view message) {
  // Names from outside may be no UTF-8; they are replaced, not refused.
  return ObjectOf(schema, message)
      .dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<std::string> FromJson(const JsonMessage& schema, std::string_view text,
                             std::string_view what) {
  JsonToWire writer(schema);
  if (!json::sax_parse(text, &writer) || !writer.started()) {
    return Error{ErrorKind::kBadResponse,
                 fmt::format("{} is not the JSON that is expected", what),
                 "Check that the URL is Pyroscope's, with no program in "
                 "between that changes answers."};
  }
  return std::move(writer).Bytes();
}

}  // namespace pmcp::pyroscope
