#include "server/dispatcher.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <variant>

#include "server/protocol.h"

namespace pmcp::server {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kCancelled = "notifications/cancelled";
constexpr std::string_view kNotifications[] = {
    kCancelled,
    "notifications/initialized",
};

RpcError InvalidParams(std::string message) {
  return {protocol::kInvalidParams, std::move(message), ""};
}

}  // namespace

Dispatcher::Dispatcher(ServerInfo info, std::vector<Tool> tools)
    : info_(std::move(info)),
      tools_(std::move(tools)),
      legacy_tool_list_(protocol::ListToolsResult(
          protocol::Era::kLegacy, tools_.Declarations(), info_)),
      modern_tool_list_(protocol::ListToolsResult(
          protocol::Era::kModern, tools_.Declarations(), info_)) {}

const Dispatcher::Method* Dispatcher::FindMethod(std::string_view name) {
  // What is not here is not declared in the capabilities either, and is
  // answered with -32601: resources, prompts, completion, logging,
  // subscriptions.
  static constexpr Method kMethods[] = {
      {.name = "initialize",
       .handler = &Dispatcher::Initialize,
       .eras = {.modern = false, .before_initialize = true, .in_batch = false}},
      {.name = "ping",
       .handler = &Dispatcher::Ping,
       .eras = {.modern = false, .before_initialize = true}},
      {.name = "server/discover",
       .handler = &Dispatcher::Discover,
       .eras = {.legacy = false}},
      {.name = "tools/list", .handler = &Dispatcher::ListTools, .eras = {}},
      {.name = "tools/call",
       .handler = &Dispatcher::CallTool,
       .runs_on = RunsOn::kWorker,
       .eras = {}},
  };
  const auto* found = std::ranges::find(kMethods, name, &Method::name);
  return found == std::end(kMethods) ? nullptr : found;
}

bool Dispatcher::IsOnlyModern(std::string_view name) {
  const Method* method = FindMethod(name);
  return method != nullptr && !method->eras.legacy;
}

bool Dispatcher::IsWork(std::string_view name) {
  const Method* method = FindMethod(name);
  return method != nullptr && method->runs_on == RunsOn::kWorker;
}

bool Dispatcher::IsNotification(std::string_view name) {
  return std::ranges::find(kNotifications, name) != std::end(kNotifications);
}

void Dispatcher::Notify(const jsonrpc::Notification& notification,
                        Session& session) {
  if (notification.method != kCancelled) return;
  const auto id = notification.params->find("requestId");
  if (id == notification.params->end()) return;
  // An id that is not running is no error: its answer may be on the way.
  if (const auto read = RequestId::From(*id)) session.Cancel(*read);
}

// A second initialize on one connection opens the session anew, as the official
// server libraries do.
Outcome Dispatcher::Initialize(const Request& request) const {
  const auto version = lifecycle::Negotiate(request.params, request.session);
  if (const auto* error = std::get_if<RpcError>(&version)) return *error;
  return Answered{protocol::InitializeResult(*std::get<0>(version), info_)};
}

Outcome Dispatcher::Ping(const Request& /*request*/) const {
  return Answered{protocol::EmptyResult()};
}

Outcome Dispatcher::Discover(const Request& /*request*/) const {
  return Answered{protocol::DiscoverResult(info_)};
}

Outcome Dispatcher::ListTools(const Request& request) const {
  // All tools fit on one page, so no cursor was ever handed out.
  if (request.params.contains("cursor")) {
    return InvalidParams("unknown cursor: tools/list has one page");
  }
  return Answered{request.era == protocol::Era::kModern ? modern_tool_list_
                                                        : legacy_tool_list_};
}

Outcome Dispatcher::CallTool(const Request& request) const {
  const auto name = request.params.find("name");
  if (name == request.params.end() || !name->is_string()) {
    return InvalidParams("tools/call needs \"name\", a string");
  }
  const auto tool = tools_.Find(name->get_ref<const std::string&>());
  if (!tool) {  // a protocol error by the specification, not a result
    return InvalidParams(
        fmt::format("{}; {}", tool.error().message, tool.error().hint));
  }
  // Left out they are none, and null is a mistake: clients send the former.
  const auto given = request.params.find("arguments");
  if (given != request.params.end() && !given->is_object()) {
    return InvalidParams("\"arguments\" must be an object");
  }
  const Json arguments =
      given == request.params.end() ? Json::object() : *given;
  const ToolResult result = (*tool)->Call(arguments, request.context);
  return Answered{protocol::CallToolResult(request.era, result, info_),
                  result.error ? Name(*result.error) : "ok"};
}

}  // namespace pmcp::server
