#include "server/core/mcp_results.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "server/words/content_json.h"

namespace pmcp::server::protocol {
namespace {

// Ordered, so that answers read in the order in which they are written here.
using Json = nlohmann::ordered_json;

constexpr std::size_t kMaxCompletions = 100;
constexpr std::string_view kMetaSubscription =
    "io.modelcontextprotocol/subscriptionId";

std::string Dump(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json Text(const RequestId& id) { return Json::parse(id.json()); }

void Add(Json& object, const char* name, const std::string& value) {
  if (!value.empty()) object[name] = value;
}

std::string Notification(std::string_view method, const Json& params) {
  Json message = {{"jsonrpc", "2.0"}, {"method", method}};
  if (!params.empty()) message["params"] = params;
  return Dump(message);
}

/// {"listChanged":true}, or {}.
Json ListChanged(bool changes) {
  Json capability = Json::object();
  if (changes) capability["listChanged"] = true;
  return capability;
}

}  // namespace

bool Completes(const Features& features) {
  const auto completes = [](const auto& one) {
    return static_cast<bool>(one.complete);
  };
  return std::ranges::any_of(features.prompts, completes) ||
         (features.resources &&
          std::ranges::any_of(features.resources->templates, completes));
}

std::string CapabilitiesOf(const Features& features) {
  const Changes& changes = features.changes;
  Json capabilities = Json::object();
  if (!features.tools.empty()) {
    capabilities["tools"] = ListChanged(changes.tools);
  }
  if (features.resources) {
    capabilities["resources"] = ListChanged(changes.resources);
    if (changes.contents) capabilities["resources"]["subscribe"] = true;
  }
  if (!features.prompts.empty()) {
    capabilities["prompts"] = ListChanged(changes.prompts);
  }
  if (Completes(features)) capabilities["completions"] = Json::object();
  if (features.logging) capabilities["logging"] = Json::object();
  for (const std::string& id : features.extensions) {
    capabilities["extensions"][id] = Json::object();
  }
  return Dump(capabilities);
}

std::string ListEntry(const Resource& resource) {
  return Dump(ToJson(resource));
}

std::string ListEntry(const ResourceTemplate& resource_template) {
  Json entry = {{"uriTemplate", resource_template.uri_template},
                {"name", resource_template.name}};
  Add(entry, "title", resource_template.title);
  Add(entry, "description", resource_template.description);
  Add(entry, "mimeType", resource_template.mime_type);
  return Dump(entry);
}

std::string ListEntry(const Prompt& prompt) {
  Json entry = {{"name", prompt.name}};
  Add(entry, "title", prompt.title);
  Add(entry, "description", prompt.description);
  for (const PromptArgument& argument : prompt.arguments) {
    Json one = {{"name", argument.name}};
    Add(one, "description", argument.description);
    one["required"] = argument.required;
    entry["arguments"].push_back(std::move(one));
  }
  return Dump(entry);
}

std::string ListResult(const Rules& rules, std::string_view member,
                       std::span<const std::string> entries,
                       std::string_view next_cursor, const Caching& caching,
                       const ServerInfo& info) {
  const std::string cursor =
      next_cursor.empty() ? ""
                          : fmt::format(",\"nextCursor\":\"{}\"", next_cursor);
  return Result(
      rules,
      fmt::format("{{\"{}\":[{}]{}}}", member, fmt::join(entries, ","), cursor),
      info, caching);
}

std::string ReadResult(const Rules& rules, const ReadResource& read,
                       const ServerInfo& info) {
  Json contents = Json::array();
  for (const ResourceContents& one : read.contents) {
    contents.push_back(ToJson(one));
  }
  return Result(rules, Dump({{"contents", std::move(contents)}}), info,
                read.caching);
}

std::string PromptResult(const Rules& rules, const Prompt& prompt,
                         const PromptMessages& messages,
                         const ServerInfo& info) {
  Json result = Json::object();
  Add(result, "description", prompt.description);
  result["messages"] = Json::array();
  for (const PromptMessage& message : messages) {
    const bool is_user = message.role == PromptMessage::Role::kUser;
    result["messages"].push_back({{"role", is_user ? "user" : "assistant"},
                                  {"content", ToJson(message.content)}});
  }
  return Result(rules, Dump(result), info);
}

std::string CompletionResult(const Rules& rules,
                             std::span<const std::string> values,
                             const ServerInfo& info) {
  const auto sent = values.first(std::min(values.size(), kMaxCompletions));
  Json completion = {{"values", Json::array()}};
  for (const std::string& value : sent) completion["values"].push_back(value);
  completion["total"] = values.size();
  completion["hasMore"] = values.size() > sent.size();
  return Result(rules, Dump({{"completion", std::move(completion)}}), info);
}

std::string InputRequiredResult(const Rules& rules,
                                std::span<const InputRequest> requests,
                                const std::optional<std::string>& state,
                                const ServerInfo& info) {
  Json result = {{"resultType", "input_required"}};
  for (const InputRequest& request : requests) {
    result["inputRequests"][request.key] = {
        {"method", MethodOf(request.kind)},
        {"params", Json::parse(request.params)}};
  }
  if (state) result["requestState"] = *state;
  const Json common = Json::parse(Result(rules, "{}", info));
  result["_meta"] = common["_meta"];
  return Dump(result);
}

std::string SubscriptionResult(const Rules& rules,
                               const RequestId& subscription,
                               const ServerInfo& info) {
  Json result = Json::parse(Result(rules, "{}", info));
  result["_meta"][kMetaSubscription] = Text(subscription);
  return Dump(result);
}

std::string ClientRequest(const RequestId& id, const InputRequest& request) {
  return fmt::format(R"({{"jsonrpc":"2.0","id":{},"method":"{}","params":{}}})",
                     id.json(), MethodOf(request.kind),
                     Dump(Json::parse(request.params)));
}

std::string LogNotification(LogLevel level, std::string_view text) {
  return Notification("notifications/message",
                      {{"level", Name(level)}, {"data", text}});
}

std::string CancelledNotification(const RequestId& id,
                                  std::string_view reason) {
  return Notification("notifications/cancelled",
                      {{"requestId", Text(id)}, {"reason", reason}});
}

std::string ChangeNotification(const Change& change,
                               const RequestId* subscription) {
  constexpr std::string_view kMethods[] = {
      "notifications/tools/list_changed", "notifications/prompts/list_changed",
      "notifications/resources/list_changed",
      "notifications/resources/updated"};
  Json params = Json::object();
  if (change.kind == Change::Kind::kContents) params["uri"] = change.uri;
  if (subscription != nullptr) {
    params["_meta"][kMetaSubscription] = Text(*subscription);
  }
  return Notification(kMethods[static_cast<std::size_t>(change.kind)], params);
}

std::string AcknowledgedNotification(const SubscriptionFilter& honoured,
                                     const RequestId& subscription) {
  Json notifications = Json::object();
  if (honoured.tools) notifications["toolsListChanged"] = true;
  if (honoured.prompts) notifications["promptsListChanged"] = true;
  if (honoured.resources) notifications["resourcesListChanged"] = true;
  if (!honoured.uris.empty()) {
    notifications["resourceSubscriptions"] = honoured.uris;
  }
  return Notification("notifications/subscriptions/acknowledged",
                      {{"notifications", std::move(notifications)},
                       {"_meta", {{kMetaSubscription, Text(subscription)}}}});
}

}  // namespace pmcp::server::protocol
