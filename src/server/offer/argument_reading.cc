#include "server/offer/argument_reading.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "server/words/jsonrpc.h"

namespace pmcp::server {
namespace {

using Json = nlohmann::json;

/// Whether "type", a name or a list of names, contains `name`. Without "type"
/// every name is accepted.
bool Accepts(const Json& schema, std::string_view name) {
  const auto type = schema.find("type");
  if (type == schema.end()) return true;
  if (type->is_string()) return *type == name;
  return std::ranges::any_of(*type,
                             [&](const Json& one) { return one == name; });
}

/// Whether the schema accepts the JSON type of `value`. Does not check limits.
bool HasAcceptedType(const Json& value, const Json& schema) {
  switch (value.type()) {
    case Json::value_t::null:
      return Accepts(schema, "null");
    case Json::value_t::boolean:
      return Accepts(schema, "boolean");
    case Json::value_t::string:
      return Accepts(schema, "string");
    case Json::value_t::array:
      return Accepts(schema, "array");
    case Json::value_t::object:
      return Accepts(schema, "object");
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
      return Accepts(schema, "integer") || Accepts(schema, "number");
    default:
      return Accepts(schema, "number");
  }
}

/// Parses all of `text` as a JSON number; "inf" and "nan" are not numbers.
std::optional<double> ParseNumber(std::string_view text) {
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

/// 5.0 as 5; beyond 2^53 a double no longer says which integer was meant.
Json ReadFloat(double value, const Json& schema) {
  constexpr double kMaxExact = 9007199254740992.0;
  if (Accepts(schema, "integer") && std::trunc(value) == value &&
      std::abs(value) <= kMaxExact) {
    return static_cast<std::int64_t>(value);
  }
  return value;
}

Json ReadItems(const Json& array, const Json& schema);

/// The narrowest type first: "5" is an integer where both are allowed.
Json ReadString(const std::string& text, const Json& schema) {
  if (Accepts(schema, "integer")) {
    if (const auto value = ParseInt64(text)) return *value;
    // "3.0"
    if (const auto value = ParseNumber(text)) return ReadFloat(*value, schema);
  }
  if (Accepts(schema, "number")) {
    if (const auto value = ParseNumber(text)) return *value;
  }
  if (Accepts(schema, "boolean")) {
    if (text == "true") return true;
    if (text == "false") return false;
  }
  if (Accepts(schema, "array")) {
    // Some clients send lists as JSON text: "[\"pod\"]".
    if (Trim(text).starts_with('[')) {
      auto list = jsonrpc::ParseBounded(text);
      if (list && list->is_array()) return ReadItems(*list, schema);
    }
  }
  return text;
}

/// Converts 1785232800 to "1785232800". Returns a number unchanged if its text
/// has an exponent ("1e+300"), which no caller would have written.
Json ReadNumberAsText(const Json& number) {
  const Json plain = number.is_number_float()
                         ? ReadFloat(number.get<double>(), Json::object())
                         : number;
  std::string text = plain.dump();
  return text.find('e') == std::string::npos ? Json(std::move(text)) : number;
}

/// Converts the entries of a list like arguments: ["5"] to [5].
Json ReadItems(const Json& array, const Json& schema) {
  const auto items = schema.find("items");
  if (items == schema.end() || !items->is_object()) return array;
  Json read = Json::array();
  for (const Json& item : array) read.push_back(ReadAsMeant(item, *items));
  return read;
}

}  // namespace

Json ReadAsMeant(const Json& value, const Json& schema) {
  if (HasAcceptedType(value, schema)) {
    return value.is_array() ? ReadItems(value, schema) : value;
  }
  Json read = value;
  if (value.is_string()) {
    read = ReadString(value.get_ref<const std::string&>(), schema);
  } else if (value.is_number_float()) {
    read = ReadFloat(value.get<double>(), schema);
  }
  if (HasAcceptedType(read, schema)) return read;
  if (value.is_number() && Accepts(schema, "string")) {
    return ReadNumberAsText(value);
  }
  // Only single values become lists: the meaning of {} or null is not certain.
  if (Accepts(schema, "array") && !value.is_null() && !value.is_object() &&
      !value.is_array()) {
    Json list = Json::array();
    list.push_back(value);
    return ReadItems(list, schema);
  }
  return value;
}

bool CountsAsAbsent(const Json& value, const Json& schema) {
  return value.is_null() && !Accepts(schema, "null");
}

void FillDefaults(const Json& properties, Json& arguments) {
  for (const auto& [name, schema] : properties.items()) {
    const auto value = schema.find("default");
    if (value != schema.end() && !arguments.contains(name)) {
      arguments[name] = *value;
    }
  }
}

}  // namespace pmcp::server
