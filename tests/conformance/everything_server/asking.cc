#include "tests/conformance/everything_server/asking.h"

#include <nlohmann/json.hpp>
#include <utility>

namespace pmcp::test {

using nlohmann::json;
using server::InputKind;
using server::InputRequest;

InputRequest AskForm(std::string key, std::string_view message,
                     std::string_view properties, std::string_view required) {
  const json params = {{"message", message},
                       {"requestedSchema",
                        {{"type", "object"},
                         {"properties", json::parse(properties)},
                         {"required", json::parse(required)}}}};
  return {std::move(key), InputKind::kElicitation, params.dump()};
}

InputRequest AskModel(std::string key, std::string_view prompt,
                      int max_tokens) {
  const json params = {
      {"messages",
       {{{"role", "user"}, {"content", {{"type", "text"}, {"text", prompt}}}}}},
      {"maxTokens", max_tokens}};
  return {std::move(key), InputKind::kSampling, params.dump()};
}

InputRequest AskRoots(std::string key) {
  return {std::move(key), InputKind::kRoots, "{}"};
}

std::string FieldOf(const json& response, const char* field) {
  const json content = response.value("content", json::object());
  if (!content.is_object() || !content.contains(field)) return "";
  const json& value = content[field];
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string TextOf(const json& response) { return FieldOf(response, "text"); }

}  // namespace pmcp::test
