#include "tests/support/full_toy.h"

#include <fmt/core.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>

#include "tests/support/toy_server.h"

namespace pmcp::test {
namespace {

using nlohmann::json;
using server::Change;
using server::ChangeFeed;
using server::InputKind;
using server::InputRequired;
using server::LogLevel;
using server::NamedArguments;
using server::PromptMessages;
using server::ReadResource;
using server::TextContent;
using server::ToolContext;
using server::ToolResult;

constexpr std::string_view kAsk = R"({
  "name": "ask",
  "description": "Asks the user for a name.",
  "inputSchema": {"type": "object", "additionalProperties": false}
})";

constexpr std::string_view kNote = R"({
  "name": "note",
  "description": "Writes to the client's log.",
  "inputSchema": {
    "type": "object",
    "properties": {"level": {"type": "string", "default": "info"}},
    "additionalProperties": false
  }
})";

constexpr std::string_view kPublish = R"({
  "name": "publish",
  "description": "Tells of a change.",
  "inputSchema": {
    "type": "object",
    "properties": {
      "list": {"type": "string", "enum": ["tools", "prompts", "resources"]},
      "uri": {"type": "string"}
    },
    "additionalProperties": false
  }
})";

constexpr std::string_view kNeed = R"({
  "name": "need",
  "description": "Needs a client that can sample.",
  "inputSchema": {"type": "object", "additionalProperties": false}
})";

constexpr const char* kForm = R"({
  "message": "Your name?",
  "requestedSchema": {
    "type": "object",
    "properties": {"name": {"type": "string"}}
  }
})";

ToolResult Ask(const json&, const ToolContext& context) {
  if (const json* answer = context.input().Find("name")) {
    return {.text = fmt::format("{}, state={}", answer->dump(),
                                context.input().state().value_or("none"))};
  }
  return {.input_required = InputRequired{
              {{"name", InputKind::kElicitation, kForm}}, "asked"}};
}

ToolResult Note(const json& arguments, const ToolContext& context) {
  const auto level =
      server::FindLogLevel(arguments.at("level").get<std::string>());
  context.Log(level.value_or(LogLevel::kInfo), "a note");
  return {.text = "noted"};
}

ToolResult Need(const json&, const ToolContext& context) {
  if (context.ClientSupports("sampling")) return {.text = "there it is"};
  return {.missing_capabilities = {"sampling"}};
}

server::ToolFunction Publish(std::shared_ptr<ChangeFeed> feed) {
  return [feed](const json& arguments, const ToolContext&) {
    const std::string list = arguments.value("list", "");
    Change change{Change::Kind::kContents, arguments.value("uri", "")};
    if (list == "tools") change.kind = Change::Kind::kTools;
    if (list == "prompts") change.kind = Change::Kind::kPrompts;
    if (list == "resources") change.kind = Change::Kind::kResources;
    feed->Publish(change);
    return ToolResult{.text = "published"};
  };
}

Result<ReadResource> Read(const std::string& uri, const ToolContext&) {
  if (uri == "toy://broken") throw std::runtime_error("a secret detail");
  if (uri == "toy://busy") {
    return Error{ErrorKind::kUnavailable, "the shelf is locked",
                 "Try again later."};
  }
  if (uri == "toy://ball") {
    return ReadResource{{{.uri = uri,
                          .mime_type = "image/png",
                          .data = std::string("\0\xff", 2),
                          .is_binary = true}},
                        {.ttl_ms = 5000, .is_public = false}};
  }
  if (uri == "toy://doll" || uri == "toy://kite" ||
      uri.starts_with("toy://item/")) {
    return ReadResource{
        {{.uri = uri, .mime_type = "text/plain", .data = "a toy"}},
        {.ttl_ms = 0, .is_public = true}};
  }
  return NotFound("no such toy");
}

/// 150 of them, "toy 000" to "toy 149".
Result<std::vector<std::string>> CompleteToy(std::string_view,
                                             std::string_view typed,
                                             const NamedArguments& others,
                                             const ToolContext&) {
  std::vector<std::string> values;
  for (int i = 0; i < 150; ++i) {
    std::string value = fmt::format("toy {:03}", i);
    if (value.starts_with(typed)) values.push_back(std::move(value));
  }
  if (others.contains("only")) values = {others.at("only")};
  return values;
}

std::variant<PromptMessages, InputRequired, Error> Greet(
    const NamedArguments& arguments, const ToolContext&) {
  return PromptMessages{
      {.content = TextContent{"Greet " + arguments.at("who")}}};
}

std::variant<PromptMessages, InputRequired, Error> Interview(
    const NamedArguments&, const ToolContext& context) {
  if (const json* answer = context.input().Find("name")) {
    return PromptMessages{{.content = TextContent{answer->dump()}}};
  }
  return InputRequired{{{"name", InputKind::kElicitation, kForm}}, {}};
}

Result<std::vector<server::Resource>> ListKites(const ToolContext&) {
  return std::vector<server::Resource>{{.uri = "toy://kite", .name = "kite"}};
}

server::Resources ToyResources() {
  return {.fixed = {{.uri = "toy://ball", .name = "ball"},
                    {.uri = "toy://doll",
                     .name = "doll",
                     .title = "Doll",
                     .description = "A doll.",
                     .mime_type = "text/plain",
                     .size = 5}},
          .list = ListKites,
          .templates = {{.uri_template = "toy://item/{id}",
                         .name = "item",
                         .complete = CompleteToy}},
          .read = Read};
}

}  // namespace

server::Features FullToy() {
  server::Features features;
  features.changes = {.feed = std::make_shared<ChangeFeed>(),
                      .tools = true,
                      .resources = true,
                      .contents = true};
  features.tools = ToyTools();
  features.tools.push_back({kAsk, Ask});
  features.tools.push_back({kNote, Note});
  features.tools.push_back({kPublish, Publish(features.changes.feed)});
  features.tools.push_back({kNeed, Need});
  features.resources = ToyResources();
  features.prompts = {
      {.name = "greet",
       .description = "Greets.",
       .arguments = {{"who", "Whom to greet", true}, {"how", "", false}},
       .run = Greet,
       .complete = CompleteToy},
      {.name = "interview", .run = Interview}};
  features.logging = true;
  features.extensions = {"io.github.example/toys"};
  return features;
}

server::ServerOptions FullToyOptions() {
  server::ServerOptions options = ToyOptions();
  options.page_size = 4;
  return options;
}

}  // namespace pmcp::test
