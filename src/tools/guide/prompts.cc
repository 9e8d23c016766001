#include "tools/guide/prompts.h"

#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "base/check.h"
#include "base/sanitize.h"
#include "base/text.h"
#include "base/time_range.h"
#include "generated/prompt_texts.h"
#include "generated/prompts.h"
#include "tools/args/query_args.h"
#include "tools/guide/completions.h"
#include "tools/guide/prompt_text.h"

namespace pmcp::tools {
namespace {

using nlohmann::json;
using server::NamedArguments;

/// Maximum length of a value; selectors are the longest.
constexpr std::size_t kMaxValueBytes = 1000;

Result<void> CheckValue(const std::string& name, const std::string& value,
                        const Deps& deps) {
  if (value.size() > kMaxValueBytes) {
    return InvalidArgument(
        fmt::format("{} is {} bytes long", name, value.size()),
        fmt::format("Give at most {} bytes.", kMaxValueBytes));
  }
  if (!IsSafeText(value)) {
    return InvalidArgument(
        fmt::format("{} holds control or invisible characters: \"{}\"", name,
                    Shorten(Sanitize(value), 80)),
        "Give it as plain text on one line.");
  }
  if (name == "from" || name == "since") {
    PMCP_TRY(time, ParseTime(name, value, deps.clock));
    (void)time;
  } else if (name == "selector") {
    PMCP_TRY(selector, ParseSelector("", value));
    (void)selector;
  } else if (name == "source") {
    PMCP_TRY(source, deps.sources.Find(value));
    (void)source;
  }
  return {};
}

Error UnknownArgument(const std::string& name, const server::Prompt& prompt) {
  std::vector<std::string> known;
  for (const auto& argument : prompt.arguments) known.push_back(argument.name);
  const auto nearest = ClosestMatch(name, known);
  return InvalidArgument(
      fmt::format("{} has no argument \"{}\"", prompt.name,
                  Shorten(Sanitize(name), 80)),
      fmt::format("{}Arguments are: {}.",
                  nearest ? fmt::format("Did you mean \"{}\"? ", *nearest) : "",
                  Join(known, ", ")));
}

/// The arguments that are not empty, after checks.
Result<NamedArguments> Checked(const server::Prompt& prompt,
                               const NamedArguments& arguments,
                               const Deps& deps) {
  NamedArguments given;
  for (const auto& [name, value] : arguments) {
    const auto same_name = [&name](const server::PromptArgument& argument) {
      return argument.name == name;
    };
    if (std::ranges::none_of(prompt.arguments, same_name)) {
      return UnknownArgument(name, prompt);
    }
    const std::string_view text = Trim(value);
    if (text.empty()) continue;  // an empty field of a form
    PMCP_TRY_VOID(CheckValue(name, std::string(text), deps));
    given.emplace(name, text);
  }
  for (const auto& argument : prompt.arguments) {
    if (argument.required && !given.contains(argument.name)) {
      return InvalidArgument(
          fmt::format("{} of {} is empty", argument.name, prompt.name),
          argument.description);
    }
  }
  return given;
}

server::Prompt Declared(std::string_view declaration) {
  const json j = json::parse(declaration);
  server::Prompt prompt{.name = j.at("name"),
                        .title = j.at("title"),
                        .description = j.at("description"),
                        .arguments = {},
                        .run = {},
                        .complete = {}};
  for (const json& argument : j.at("arguments")) {
    prompt.arguments.push_back({.name = argument.at("name"),
                                .description = argument.at("description"),
                                .required = argument.at("required")});
  }
  return prompt;
}

server::Prompt MakePrompt(std::string_view declaration, std::string_view text,
                          const Deps& deps) {
  server::Prompt prompt = Declared(declaration);
  prompt.complete = CompletionOf(deps);
  prompt.run = [declared = prompt, text, deps](const NamedArguments& arguments,
                                               const server::ToolContext&)
      -> std::variant<server::PromptMessages, server::InputRequired, Error> {
    const auto given = Checked(declared, arguments, deps);
    if (!given.ok()) return given.error();
    return server::PromptMessages{
        {.role = server::PromptMessage::Role::kUser,
         .content = server::TextContent{FillIn(text, *given)}}};
  };
  return prompt;
}

}  // namespace

std::vector<server::Prompt> AllPrompts(const Deps& deps) {
  std::vector<server::Prompt> all;
  const auto texts = prompt_texts::All();
  for (const auto& file : prompts::All()) {
    const auto text =
        std::ranges::find(texts, file.stem, &prompt_texts::EmbeddedFile::stem);
    PMCP_CHECK(text != texts.end());
    all.push_back(MakePrompt(file.text, text->text, deps));
  }
  return all;
}

}  // namespace pmcp::tools
