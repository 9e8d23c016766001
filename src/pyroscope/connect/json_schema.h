// JsonSchema: how the messages of querier.v1 are called in JSON (protojson's
// camel case), by field. For servers that take no protobuf.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace pmcp::pyroscope {

enum class JsonType : std::uint8_t {
  kText,
  kBytes,   // base64
  kNumber,  // integers, enums and booleans
  kDouble,
  kMessage
};

struct JsonMessage;

struct JsonField {
  std::uint32_t tag = 0;
  std::string_view name;
  JsonType type = JsonType::kText;
  bool is_list = false;
  const JsonMessage* message = nullptr;
};

struct JsonMessage {
  std::span<const JsonField> fields;

  /// Null: not known, or not needed.
  const JsonField* Find(std::uint32_t tag) const;
  const JsonField* Find(std::string_view name) const;
};

struct JsonMethod {
  const JsonMessage* request = nullptr;
  const JsonMessage* answer = nullptr;
};

/// nullopt: no method that we call.
std::optional<JsonMethod> FindJsonMethod(std::string_view name);

}  // namespace pmcp::pyroscope
