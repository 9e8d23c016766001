// The methods of prompts, and completion.
#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "base/sanitize.h"
#include "base/text.h"
#include "server/core/dispatcher.h"
#include "server/core/mcp_results.h"
#include "server/core/protocol.h"
#include "server/offer/exception_fence.h"

namespace pmcp::server {
namespace {

using Json = nlohmann::json;
using PromptOutcome = std::variant<PromptMessages, InputRequired, Error>;

// The bound on an unknown name that an error message repeats.
constexpr std::size_t kShownName = 64;

RpcError InvalidParams(std::string message) {
  return {protocol::kInvalidParams, std::move(message), ""};
}

/// Returns null unless `object` has a member of that name that is a string.
const std::string* String(const Json& object, const char* name) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(name);
  if (found == object.end() || !found->is_string()) return nullptr;
  return &found->get_ref<const std::string&>();
}

/// Reads an object of strings; an absent one is {}.
RpcResult<NamedArguments> ReadStrings(const Json& params, const char* name) {
  NamedArguments read;
  const auto given = params.find(name);
  if (given == params.end()) return read;
  if (!given->is_object()) {
    return InvalidParams(fmt::format("\"{}\" must be an object", name));
  }
  for (const auto& [key, value] : given->items()) {
    if (!value.is_string()) {
      return InvalidParams(
          fmt::format("each of \"{}\" must be a string", name));
    }
    read.emplace(key, value.get<std::string>());
  }
  return read;
}

std::string UnknownPrompt(std::string_view name,
                          const std::vector<Prompt>& prompts) {
  std::vector<std::string> known;
  for (const Prompt& prompt : prompts) known.push_back(prompt.name);
  const auto nearest = ClosestMatch(name, known);
  return fmt::format("unknown prompt \"{}\"; {}",
                     Shorten(Sanitize(name), kShownName),
                     nearest ? fmt::format("did you mean \"{}\"?", *nearest)
                             : "prompts/list names all prompts");
}

/// Returns the first required argument that is missing, or null.
const PromptArgument* Missing(const Prompt& prompt,
                              const NamedArguments& arguments) {
  const auto missing =
      std::ranges::find_if(prompt.arguments, [&](const PromptArgument& one) {
        return one.required && !arguments.contains(one.name);
      });
  return missing == prompt.arguments.end() ? nullptr : &*missing;
}

Step ToStep(PromptOutcome outcome, const Prompt& prompt,
            const protocol::Rules& rules, const ServerInfo& info) {
  if (auto* required = std::get_if<InputRequired>(&outcome)) {
    return std::move(*required);
  }
  if (const auto* error = std::get_if<Error>(&outcome)) {
    return Outcome(protocol::ToRpcError(*error));
  }
  return Outcome(Answered{protocol::PromptResult(
      rules, prompt, std::get<PromptMessages>(outcome), info)});
}

}  // namespace

Outcome Dispatcher::ListPrompts(const Request& request) const {
  auto page = prompt_list_.Page(request.params, request.rules);
  if (auto* error = std::get_if<RpcError>(&page)) return std::move(*error);
  return Answered{std::get<std::string>(std::move(page))};
}

Outcome Dispatcher::GetPrompt(const Request& request) const {
  const std::string* name = String(request.params, "name");
  if (name == nullptr) {
    return InvalidParams("prompts/get needs \"name\", a string");
  }
  const auto prompt =
      std::ranges::find(features_.prompts, *name, &Prompt::name);
  if (prompt == features_.prompts.end()) {
    return InvalidParams(UnknownPrompt(*name, features_.prompts));
  }
  const auto given = ReadStrings(request.params, "arguments");
  if (const auto* error = std::get_if<RpcError>(&given)) return *error;
  const auto& arguments = std::get<NamedArguments>(given);
  if (const auto* missing = Missing(*prompt, arguments)) {
    return InvalidParams(
        fmt::format("argument \"{}\" is missing", missing->name));
  }
  const Json given_json(arguments);
  const auto run = [&](const ToolContext& context) {
    return ToStep(
        CatchExceptions(
            context,
            [&]() -> PromptOutcome { return prompt->run(arguments, context); },
            [](Error error) -> PromptOutcome { return error; }),
        *prompt, request.rules, info_);
  };
  return RunWithClientInput(
      {.params = request.params,
       .rules = request.rules,
       .session = *request.session,
       .reply = request.reply,
       .context = request.context,
       .purpose = {"prompts/get", prompt->name, given_json},
       .run = run,
       .fail = [](const Error& error) -> Outcome {
         return protocol::ToRpcError(error);
       }},
      request_state_, info_);
}

const CompletionFunction* Dispatcher::FindCompletion(const Json& ref) const {
  const std::string* type = String(ref, "type");
  if (type != nullptr && *type == "ref/prompt") {
    const std::string* name = String(ref, "name");
    const auto prompt = std::ranges::find_if(
        features_.prompts,
        [&](const Prompt& one) { return name && one.name == *name; });
    return prompt == features_.prompts.end() ? nullptr : &prompt->complete;
  }
  if (type != nullptr && *type == "ref/resource" && features_.resources) {
    const auto& templates = features_.resources->templates;
    const std::string* uri = String(ref, "uri");
    const auto found =
        std::ranges::find_if(templates, [&](const ResourceTemplate& one) {
          return uri && one.uri_template == *uri;
        });
    return found == templates.end() ? nullptr : &found->complete;
  }
  return nullptr;
}

Outcome Dispatcher::Complete(const Request& request) const {
  const Json& params = request.params;
  const CompletionFunction* complete =
      FindCompletion(params.value("ref", Json()));
  if (complete == nullptr) {
    return InvalidParams("\"ref\" names no prompt and no resource template");
  }
  const Json argument = params.value("argument", Json());
  const std::string* name = String(argument, "name");
  const std::string* typed = String(argument, "value");
  if (name == nullptr || typed == nullptr) {
    return InvalidParams("\"argument\" needs \"name\" and \"value\", strings");
  }
  const Json context = params.value("context", Json::object());
  if (!context.is_object()) {
    return InvalidParams("\"context\" must be an object");
  }
  const auto others = ReadStrings(context, "arguments");
  if (const auto* error = std::get_if<RpcError>(&others)) return *error;
  if (!*complete) {
    return Answered{protocol::CompletionResult(request.rules, {}, info_)};
  }
  using Values = Result<std::vector<std::string>>;
  const auto values = CatchExceptions(
      request.context,
      [&] {
        return (*complete)(*name, *typed, std::get<NamedArguments>(others),
                           request.context);
      },
      [](Error error) -> Values { return error; });
  if (!values) return protocol::ToRpcError(values.error());
  return Answered{protocol::CompletionResult(request.rules, *values, info_)};
}

}  // namespace pmcp::server
