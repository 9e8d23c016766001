#include "server/core/dispatcher.h"

#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <utility>
#include <variant>
#include <vector>

#include "base/log.h"
#include "base/text.h"
#include "server/core/mcp_results.h"
#include "server/core/protocol.h"

namespace pmcp::server {
namespace {

using Json = nlohmann::json;
using Method = Dispatcher::Method;
using protocol::Rules;

constexpr std::string_view kInitialize = "initialize";
constexpr std::string_view kCancelled = "notifications/cancelled";
constexpr std::string_view kNotifications[] = {
    kCancelled,
    "notifications/initialized",
    "notifications/roots/list_changed",
};

RpcError InvalidParams(std::string message) {
  return {protocol::kInvalidParams, std::move(message), ""};
}

Outcome ToOutcome(RpcResult<std::string> result) {
  if (auto* error = std::get_if<RpcError>(&result)) return std::move(*error);
  return Answered{std::get<std::string>(std::move(result))};
}

template <typename T>
std::vector<std::string> Entries(const std::vector<T>& all) {
  std::vector<std::string> entries;
  for (const T& one : all) entries.push_back(protocol::ListEntry(one));
  return entries;
}

/// The registry owns the tools.
Features WithoutTools(Features features) {
  features.tools.clear();
  return features;
}

}  // namespace

Dispatcher::Dispatcher(ServerInfo info, const Features& features,
                       std::size_t page_size)
    : info_(std::move(info)),
      tools_(features.tools),
      features_(WithoutTools(features)),
      page_size_(page_size),
      capabilities_(protocol::CapabilitiesOf(features)),
      tool_list_({"tools", page_size_}, tools_.Declarations(), info_),
      resource_list_({"resources", page_size_},
                     Entries(features_.resources ? features_.resources->fixed
                                                 : std::vector<Resource>()),
                     info_),
      template_list_(
          {"resourceTemplates", page_size_},
          Entries(features_.resources ? features_.resources->templates
                                      : std::vector<ResourceTemplate>()),
          info_),
      prompt_list_({"prompts", page_size_}, Entries(features_.prompts), info_) {
}

namespace {

/// Returns the row of that name, also if this server does not offer it.
const Method* FindRow(std::span<const Method> methods, std::string_view name) {
  const auto found = std::ranges::find(methods, name, &Method::name);
  return found == methods.end() ? nullptr : &*found;
}

}  // namespace

// A method that is not in the table, or not offered, is answered with -32601.
std::span<const Method> Dispatcher::Methods() {
  using enum RunsOn;
  static constexpr Method kMethods[] = {
      {.name = kInitialize,
       .handler = &Dispatcher::Initialize,
       .scope = {.rule = &Rules::has_sessions,
                 .before_initialize = true,
                 .in_batch = false}},
      {.name = "ping",
       .handler = &Dispatcher::Ping,
       .scope = {.rule = &Rules::has_ping, .before_initialize = true}},
      {.name = "server/discover",
       .handler = &Dispatcher::Discover,
       .scope = {.rule = &Rules::has_discover}},
      {.name = "logging/setLevel",
       .handler = &Dispatcher::SetLogLevel,
       .needs = Needs::kLogging,
       .scope = {.rule = &Rules::has_sessions}},
      {.name = "tools/list",
       .handler = &Dispatcher::ListTools,
       .needs = Needs::kTools},
      {.name = "tools/call",
       .handler = &Dispatcher::CallTool,
       .runs_on = kWorker,
       .needs = Needs::kTools},
      {.name = "resources/list",
       .handler = &Dispatcher::ListResources,
       .runs_on = kWorker,
       .needs = Needs::kResources},
      {.name = "resources/templates/list",
       .handler = &Dispatcher::ListTemplates,
       .needs = Needs::kResources},
      {.name = "resources/read",
       .handler = &Dispatcher::ReadResource,
       .runs_on = kWorker,
       .needs = Needs::kResources},
      {.name = "resources/subscribe",
       .handler = &Dispatcher::Subscribe,
       .needs = Needs::kWatching,
       .scope = {.rule = &Rules::has_sessions}},
      {.name = "resources/unsubscribe",
       .handler = &Dispatcher::Unsubscribe,
       .needs = Needs::kWatching,
       .scope = {.rule = &Rules::has_sessions}},
      {.name = "prompts/list",
       .handler = &Dispatcher::ListPrompts,
       .needs = Needs::kPrompts},
      {.name = "prompts/get",
       .handler = &Dispatcher::GetPrompt,
       .runs_on = kWorker,
       .needs = Needs::kPrompts},
      {.name = "completion/complete",
       .handler = &Dispatcher::Complete,
       .runs_on = kWorker,
       .needs = Needs::kCompletion},
      {.name = "subscriptions/listen",
       .runs_on = kListen,
       .needs = Needs::kChanges,
       .scope = {.rule = &Rules::has_listen}},
  };
  return kMethods;
}

const Method* Dispatcher::FindMethod(std::string_view name) const {
  const Method* row = FindRow(Methods(), name);
  return row != nullptr && Offers(row->needs) ? row : nullptr;
}

bool Dispatcher::IsMethod(std::string_view name) {
  return FindRow(Methods(), name) != nullptr;
}

bool Dispatcher::IsStatelessOnly(std::string_view name) {
  const Method* row = FindRow(Methods(), name);
  return row != nullptr && lifecycle::IsStatelessOnly(row->scope);
}

bool Dispatcher::Offers(Needs needs) const {
  // Must agree with the declared capabilities (CapabilitiesOf).
  const Changes& changes = features_.changes;
  switch (needs) {
    case Needs::kNothing:
      return true;
    case Needs::kTools:
      return !tools_.IsEmpty();
    case Needs::kResources:
      return features_.resources.has_value();
    case Needs::kWatching:
      return features_.resources && changes.contents;
    case Needs::kPrompts:
      return !features_.prompts.empty();
    case Needs::kCompletion:
      return protocol::Completes(features_);
    case Needs::kLogging:
      return features_.logging;
    case Needs::kChanges:
      return changes.tools || changes.prompts || changes.resources ||
             changes.contents;
  }
  return false;
}

bool Dispatcher::IsWork(std::string_view name) {
  const Method* row = FindRow(Methods(), name);
  return row != nullptr && row->runs_on == RunsOn::kWorker;
}

bool Dispatcher::IsInitialize(std::string_view name) {
  return name == kInitialize;
}

bool Dispatcher::IsListen(std::string_view name) {
  const Method* row = FindRow(Methods(), name);
  return row != nullptr && row->runs_on == RunsOn::kListen;
}

bool Dispatcher::IsNotification(std::string_view name) {
  return std::ranges::find(kNotifications, name) != std::end(kNotifications);
}

void Dispatcher::Notify(const jsonrpc::Notification& notification,
                        Session& session) {
  if (notification.method != kCancelled) return;
  const auto id = notification.params->find("requestId");
  if (id == notification.params->end()) return;
  // An unknown id is not an error: its answer may have been sent already.
  if (const auto read = RequestId::From(*id)) session.Cancel(*read);
}

// A second initialize on a connection renegotiates the session, as in the
// official server libraries.
Outcome Dispatcher::Initialize(const Request& request) const {
  const auto version = lifecycle::Negotiate(request.params, *request.session);
  if (const auto* error = std::get_if<RpcError>(&version)) return *error;
  SubscribeToChanges(request.session);
  return Answered{
      protocol::InitializeResult(*std::get<0>(version), capabilities_, info_)};
}

Outcome Dispatcher::Ping(const Request& /*request*/) const {
  return Answered{protocol::EmptyResult()};
}

Outcome Dispatcher::Discover(const Request& request) const {
  return Answered{
      protocol::DiscoverResult(request.rules, capabilities_, info_)};
}

Outcome Dispatcher::SetLogLevel(const Request& request) const {
  const auto given = request.params.find("level");
  const auto level = given != request.params.end() && given->is_string()
                         ? FindLogLevel(given->get_ref<const std::string&>())
                         : std::nullopt;
  if (!level) {
    return InvalidParams(
        "\"level\" must be one of debug, info, notice, warning, error, "
        "critical, alert, emergency");
  }
  request.session->set_log_level(*level);
  return Answered{protocol::EmptyResult()};
}

Outcome Dispatcher::ListTools(const Request& request) const {
  return ToOutcome(tool_list_.Page(request.params, request.rules));
}

namespace {

/// The step that a call of a tool ends with. Where the rules have no error code
/// for a missing capability, it is an error result, which the model reads.
Step ToStep(const Rules& rules, ToolResult result, const ServerInfo& info) {
  if (result.input_required) return *std::move(result.input_required);
  if (!result.missing_capabilities.empty()) {
    if (rules.has_missing_capability_error) {
      return Outcome(
          protocol::MissingClientCapability(result.missing_capabilities));
    }
    result = ErrorResult({ErrorKind::kUnsupported,
                          fmt::format("this needs a client that declares {}",
                                      Join(result.missing_capabilities, ", ")),
                          "Use a client that does."});
  }
  return Outcome(Answered{protocol::CallToolResult(rules, result, info),
                          result.error ? Name(*result.error) : "ok"});
}

}  // namespace

Outcome Dispatcher::CallTool(const Request& request) const {
  const auto name = request.params.find("name");
  if (name == request.params.end() || !name->is_string()) {
    return InvalidParams("tools/call needs \"name\", a string");
  }
  const auto tool = tools_.Find(name->get_ref<const std::string&>());
  if (!tool) {  // a protocol error, not a result, by the specification
    return InvalidParams(
        fmt::format("{}; {}", tool.error().message, tool.error().hint));
  }
  // Absent arguments are {}; null is an error, since no client sends it.
  const auto given = request.params.find("arguments");
  const bool has_none =
      given == request.params.end() || jsonrpc::IsNothing(*given);
  if (!has_none && !given->is_object()) {
    return InvalidParams("\"arguments\" must be an object");
  }
  const Json arguments = has_none ? Json::object() : *given;
  const auto run = [&](const ToolContext& context) {
    return ToStep(request.rules, (*tool)->Call(arguments, context), info_);
  };
  const auto fail = [&](const Error& error) -> Outcome {
    return Answered{
        protocol::CallToolResult(request.rules, ErrorResult(error), info_),
        Name(error.kind)};
  };
  return RunWithClientInput(
      {.params = request.params,
       .rules = request.rules,
       .session = *request.session,
       .reply = request.reply,
       .context = request.context,
       .purpose = {"tools/call", (*tool)->name(), arguments},
       .run = run,
       .fail = fail},
      request_state_, info_);
}

}  // namespace pmcp::server
