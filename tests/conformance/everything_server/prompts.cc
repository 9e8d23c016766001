// The prompts of the suite.
#include <fmt/core.h>

#include <nlohmann/json.hpp>
#include <utility>
#include <variant>

#include "tests/conformance/everything_server/asking.h"
#include "tests/conformance/everything_server/fixtures.h"

namespace pmcp::test {
namespace {

using server::Content;
using server::EmbeddedResource;
using server::ImageContent;
using server::InputRequired;
using server::NamedArguments;
using server::Prompt;
using server::PromptMessage;
using server::PromptMessages;
using server::TextContent;
using server::ToolContext;

using Outcome = std::variant<PromptMessages, InputRequired, Error>;

PromptMessage User(Content content) {
  return {PromptMessage::Role::kUser, std::move(content)};
}
PromptMessage UserText(std::string text) {
  return User(TextContent{std::move(text)});
}

Outcome Simple(const NamedArguments&, const ToolContext&) {
  return PromptMessages{UserText("This is a simple prompt for testing.")};
}

Outcome WithArguments(const NamedArguments& arguments, const ToolContext&) {
  return PromptMessages{
      UserText(fmt::format("Prompt with arguments: arg1='{}', arg2='{}'",
                           arguments.at("arg1"), arguments.at("arg2")))};
}

Outcome WithResource(const NamedArguments& arguments, const ToolContext&) {
  return PromptMessages{
      User(
          EmbeddedResource{{.uri = arguments.at("resourceUri"),
                            .mime_type = "text/plain",
                            .data = "Embedded resource content for testing."}}),
      UserText("Please process the embedded resource above.")};
}

Outcome WithImage(const NamedArguments&, const ToolContext&) {
  return PromptMessages{User(ImageContent{TinyPng(), "image/png"}),
                        UserText("Please analyze the image above.")};
}

Outcome WithInput(const NamedArguments&, const ToolContext& context) {
  if (const auto* answer = context.input().Find("user_context")) {
    return PromptMessages{
        UserText("Prompt with context: " + FieldOf(*answer, "context"))};
  }
  return InputRequired{
      {AskForm("user_context", "What context should the prompt use?",
               R"({"context": {"type": "string"}})", R"(["context"])")},
      {}};
}

Result<std::vector<std::string>> CompleteArgument(std::string_view,
                                                  std::string_view typed,
                                                  const NamedArguments&,
                                                  const ToolContext&) {
  std::vector<std::string> values;
  for (const std::string value : {"paris", "park", "party"}) {
    if (value.starts_with(typed)) values.push_back(value);
  }
  return values;
}

}  // namespace

std::vector<Prompt> FixturePrompts() {
  return {
      {.name = "test_simple_prompt",
       .description = "A prompt without arguments.",
       .run = Simple},
      {.name = "test_prompt_with_arguments",
       .description = "A prompt with two arguments.",
       .arguments = {{"arg1", "First test argument", true},
                     {"arg2", "Second test argument", true}},
       .run = WithArguments,
       .complete = CompleteArgument},
      {.name = "test_prompt_with_embedded_resource",
       .description = "A prompt with a resource in it.",
       .arguments = {{"resourceUri", "The resource to embed", true}},
       .run = WithResource},
      {.name = "test_prompt_with_image",
       .description = "A prompt with an image in it.",
       .run = WithImage},
      {.name = "test_input_required_result_prompt",
       .description = "A prompt that asks the user first.",
       .run = WithInput},
  };
}

}  // namespace pmcp::test
