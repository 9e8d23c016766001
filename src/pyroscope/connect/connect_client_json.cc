#include "pyroscope/connect/connect_client_json.h"

#include <nlohmann/json.hpp>

#include "base/sanitize.h"
#include "base/text.h"

namespace pmcp::pyroscope {
namespace {

using nlohmann::json;

/// Errors are short; a larger body is not an error of Connect.
constexpr std::size_t kMaxBytes = 1 << 20;
constexpr int kMaxDepth = 64;
constexpr std::size_t kMaxMessageCodePoints = 300;

/// Throws nothing. Limits the depth, since destroying a deep value would
/// overflow the stack.
std::optional<json> ParseObject(std::string_view body) {
  if (body.size() > kMaxBytes) return std::nullopt;
  const auto shallow = [](int depth, json::parse_event_t, json&) {
    return depth < kMaxDepth;
  };
  json parsed = json::parse(body, shallow, /*allow_exceptions=*/false);
  if (!parsed.is_object()) return std::nullopt;
  return parsed;
}

std::string TextIn(const json& object, const char* key) {
  const auto field = object.find(key);
  if (field == object.end() || !field->is_string()) return "";
  return Shorten(Sanitize(field->get_ref<const std::string&>()),
                 kMaxMessageCodePoints);
}

}  // namespace

std::optional<ErrorBody> ParseErrorBody(std::string_view body) {
  const auto object = ParseObject(body);
  if (!object) return std::nullopt;
  return ErrorBody{.code = TextIn(*object, "code"),
                   .message = TextIn(*object, "message")};
}

std::string ParseBuildVersion(std::string_view body) {
  const auto object = ParseObject(body);
  if (!object) return "";
  const auto data = object->find("data");
  return data != object->end() && data->is_object() ? TextIn(*data, "version")
                                                    : "";
}

}  // namespace pmcp::pyroscope
