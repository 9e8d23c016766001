// Tools with schemas beyond what InputSchema supports.
#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "tests/conformance/everything_server/fixtures.h"

namespace pmcp::test {
namespace {

using nlohmann::json;
using server::ToolContext;

// tools/list must return every keyword unchanged.
constexpr std::string_view kKeywords = R"({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "object",
  "$defs": {
    "address": {
      "$anchor": "addressDef",
      "type": "object",
      "properties": {
        "street": {"type": "string"},
        "city": {"type": "string"}
      }
    }
  },
  "properties": {
    "name": {"type": "string"},
    "address": {"$ref": "#/$defs/address"},
    "contactMethod": {"type": "string", "enum": ["phone", "email"]},
    "phone": {"type": "string"},
    "email": {"type": "string"}
  },
  "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
  "if": {
    "properties": {"contactMethod": {"const": "phone"}},
    "required": ["contactMethod"]
  },
  "then": {"required": ["phone"]},
  "else": {"required": ["email"]},
  "additionalProperties": false
})";

constexpr std::string_view kMirrored = R"({
  "type": "object",
  "properties": {
    "region": {"type": "string", "x-mcp-header": "Region"},
    "query": {"type": "string"}
  },
  "additionalProperties": false
})";

}  // namespace

std::vector<server::Tool> SchemaTools() {
  server::Tool keywords = MakeFixture(
      "json_schema_2020_12_tool", "Has a schema with many keywords.",
      [](const json& arguments, const ToolContext&) {
        return TextResult(arguments.dump());
      },
      kKeywords);
  keywords.checks_arguments = true;
  return {std::move(keywords),
          MakeFixture(
              "test_x_mcp_header", "Has an argument that HTTP mirrors.",
              [](const json& arguments, const ToolContext&) {
                return TextResult(fmt::format(
                    "region={}", arguments.value("region", std::string())));
              },
              kMirrored)};
}

}  // namespace pmcp::test
