// Tools that ask the client once and return its answer.
#include <fmt/core.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "tests/conformance/everything_server/asking.h"
#include "tests/conformance/everything_server/fixtures.h"

namespace pmcp::test {
namespace {

using nlohmann::json;
using server::InputRequest;
using server::InputRequired;
using server::ToolContext;
using server::ToolResult;

ToolResult Require(InputRequest request) {
  return {.input_required = InputRequired{{std::move(request)}, {}}};
}

std::string ShowForm(std::string_view what, const json& response) {
  return fmt::format("{}: action={}, content={}", what,
                     response.value("action", std::string()),
                     response.value("content", json()).dump());
}

ToolResult Sample(const json& arguments, const ToolContext& context) {
  if (const json* answer = context.input().Find("answer")) {
    return TextResult("LLM response: " + TextOf(*answer));
  }
  return Require(
      AskModel("answer", arguments.at("prompt").get<std::string>(), 100));
}

constexpr std::string_view kUserFields = R"({
  "username": {"type": "string", "description": "User's response"},
  "email": {"type": "string", "description": "User's email address"}
})";

ToolResult Elicit(const json& arguments, const ToolContext& context) {
  if (const json* answer = context.input().Find("answer")) {
    return TextResult(ShowForm("User response", *answer));
  }
  return Require(AskForm("answer", arguments.at("message").get<std::string>(),
                         kUserFields, R"(["username", "email"])"));
}

constexpr std::string_view kDefaults = R"({
  "name": {"type": "string", "default": "John Doe"},
  "age": {"type": "integer", "default": 30},
  "score": {"type": "number", "default": 95.5},
  "status": {
    "type": "string",
    "enum": ["active", "inactive", "pending"],
    "default": "active"
  },
  "verified": {"type": "boolean", "default": true}
})";

constexpr std::string_view kEnums = R"({
  "untitledSingle": {
    "type": "string",
    "enum": ["option1", "option2", "option3"]
  },
  "titledSingle": {
    "type": "string",
    "oneOf": [
      {"const": "value1", "title": "First Option"},
      {"const": "value2", "title": "Second Option"},
      {"const": "value3", "title": "Third Option"}
    ]
  },
  "legacyEnum": {
    "type": "string",
    "enum": ["opt1", "opt2", "opt3"],
    "enumNames": ["Option One", "Option Two", "Option Three"]
  },
  "untitledMulti": {
    "type": "array",
    "minItems": 1,
    "maxItems": 3,
    "items": {"type": "string", "enum": ["option1", "option2", "option3"]}
  },
  "titledMulti": {
    "type": "array",
    "minItems": 1,
    "maxItems": 3,
    "items": {
      "anyOf": [
        {"const": "value1", "title": "First Choice"},
        {"const": "value2", "title": "Second Choice"},
        {"const": "value3", "title": "Third Choice"}
      ]
    }
  }
})";

server::ToolFunction FillIn(std::string_view properties) {
  return [properties](const json&, const ToolContext& context) {
    if (const json* answer = context.input().Find("answer")) {
      return TextResult(ShowForm("Elicitation completed", *answer));
    }
    return Require(AskForm("answer", "Please fill in", properties));
  };
}

}  // namespace

std::vector<server::Tool> AskingTools() {
  return {
      MakeFixture("test_sampling", "Asks the client's model.", Sample, R"({
        "type": "object",
        "properties": {"prompt": {"type": "string"}},
        "required": ["prompt"]
      })"),
      MakeFixture("test_elicitation", "Asks the user.", Elicit, R"({
        "type": "object",
        "properties": {"message": {"type": "string"}},
        "required": ["message"]
      })"),
      MakeFixture("test_elicitation_sep1034_defaults",
                  "Asks for fields with defaults.", FillIn(kDefaults)),
      MakeFixture("test_elicitation_sep1330_enums",
                  "Asks for every kind of choice.", FillIn(kEnums)),
  };
}

}  // namespace pmcp::test
