#include "server/core/server.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "server/core/batch_reply.h"
#include "server/core/mcp_results.h"
#include "server/core/protocol.h"
#include "server/core/subscription.h"

namespace pmcp::server {
namespace {

RpcError InvalidRequest(std::string message) {
  return {protocol::kInvalidRequest, std::move(message), ""};
}

/// What is wrong with a request in every protocol version, if anything.
std::optional<RpcError> CheckShape(const jsonrpc::Request& request,
                                   const Dispatcher::Method* method,
                                   bool in_batch) {
  if (Dispatcher::IsNotification(request.method)) {
    return InvalidRequest(
        fmt::format("\"{}\" is a notification and has no id", request.method));
  }
  if (in_batch && method != nullptr && !method->scope.in_batch) {
    return InvalidRequest(
        fmt::format("\"{}\" must not be in a batch", request.method));
  }
  return std::nullopt;
}

}  // namespace

Server::Server(ServerInfo info, const Features& features, ServerOptions options)
    : options_(options),
      dispatcher_(std::move(info), features, options.page_size),
      workers_(options.workers) {}

Server::Server(ServerInfo info, std::vector<Tool> tools, ServerOptions options)
    : Server(std::move(info), Features{.tools = std::move(tools)}, options) {}

void Server::Handle(jsonrpc::Parsed message,
                    const std::shared_ptr<Session>& session,
                    const ReplyOnce& reply) {
  if (message.is_batch) {
    HandleBatch(std::move(message), session, reply);
  } else {
    HandleMessage(std::move(message.messages.front()), /*in_batch=*/false,
                  session, reply);
  }
}

ToolResult Server::Call(std::string_view tool, const nlohmann::json& arguments,
                        const CallContext& context) const {
  const auto found = dispatcher_.tools().Find(tool);
  if (!found) return ErrorResult(found.error());
  return (*found)->Call(arguments,
                        ToolContext(context, fmt::format("call {}", tool)));
}

void Server::HandleBatch(jsonrpc::Parsed batch,
                         const std::shared_ptr<Session>& session,
                         const ReplyOnce& reply) {
  if (const auto error = lifecycle::RefuseBatch(batch, *session)) {
    reply.Send(Reply::Refusal(std::nullopt, *error));
    return;
  }
  const auto parts = SplitReply(reply, batch.messages.size());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    HandleMessage(std::move(batch.messages[i]), /*in_batch=*/true, session,
                  parts[i]);
  }
}

void Server::HandleMessage(jsonrpc::Message message, bool in_batch,
                           const std::shared_ptr<Session>& session,
                           const ReplyOnce& reply) {
  if (auto* request = std::get_if<jsonrpc::Request>(&message)) {
    HandleRequest(
        std::make_shared<Exchange>(std::move(*request), session, reply),
        in_batch);
  } else if (auto* malformed = std::get_if<jsonrpc::Malformed>(&message)) {
    reply.Send(Reply::Refusal(malformed->id, malformed->error));
  } else {
    if (auto* notification = std::get_if<jsonrpc::Notification>(&message)) {
      Dispatcher::Notify(*notification, *session);
    } else {
      session->client_requests().Deliver(
          std::get<jsonrpc::Response>(std::move(message)));
    }
    reply.Nothing();
  }
}

void Server::HandleRequest(const std::shared_ptr<Exchange>& exchange,
                           bool in_batch) {
  // Before all other checks, so that each of them can end with an answer.
  if (!exchange->Begin()) {
    exchange->Refuse(
        InvalidRequest("another request with this id is not answered yet"));
    return;
  }
  const jsonrpc::Request& request = exchange->request();
  const Method* method = dispatcher_.FindMethod(request.method);
  if (const auto error = CheckShape(request, method, in_batch)) {
    exchange->Refuse(*error);
    return;
  }
  const auto admission =
      lifecycle::Admit(request, method == nullptr ? nullptr : &method->scope,
                       *exchange->session());
  if (const auto* error = std::get_if<RpcError>(&admission)) {
    exchange->Refuse(*error);
    return;
  }
  Start(*method, std::get<lifecycle::Admission>(admission), exchange);
}

void Server::Start(const Method& method, const lifecycle::Admission& admission,
                   const std::shared_ptr<Exchange>& exchange) {
  if (method.runs_on == Dispatcher::RunsOn::kListen) {
    StartSubscription(exchange, admission.rules, dispatcher_.features().changes,
                      dispatcher_.info());
    return;
  }
  const ToolContext context = MakeContext(admission, *exchange);
  if (method.runs_on == Dispatcher::RunsOn::kReader) {
    Run(method, admission.rules, context, *exchange);
    return;
  }
  // The job owns the exchange, which therefore lives until it is answered. The
  // method's row and the rules are static.
  const bool posted =
      workers_.TryPost([this, &method, &rules = admission.rules, context,
                        exchange] { Run(method, rules, context, *exchange); });
  if (!posted) exchange->Refuse(protocol::ServerBusy());
}

void Server::Run(const Method& method, const protocol::Rules& rules,
                 const ToolContext& context, Exchange& exchange) const {
  // Cancelled while it waited in the queue: Answer sends nothing.
  if (exchange.stop().stop_requested()) {
    exchange.Answer(Answered{});
    return;
  }
  const Dispatcher::Request request{.params = *exchange.request().params,
                                    .rules = rules,
                                    .session = exchange.session(),
                                    .reply = exchange.reply(),
                                    .context = context};
  exchange.Answer(dispatcher_.Run(method, request));
}

namespace {

/// Whether the client wants log messages of `level`.
bool IsWanted(LogLevel level, const lifecycle::Admission& admission,
              const Session& session) {
  if (admission.rules.has_sessions) {
    return level >= session.log_level();
  }
  return admission.log_level && level >= *admission.log_level;
}

}  // namespace

ToolContext Server::MakeContext(const lifecycle::Admission& admission,
                                const Exchange& exchange) const {
  ClientLink link;
  if (dispatcher_.features().logging) {
    link.log = [admission, session = exchange.session(),
                reply = exchange.reply()](LogLevel level,
                                          std::string_view text) {
      if (IsWanted(level, admission, *session)) {
        reply.Notify(protocol::LogNotification(level, text));
      }
    };
  }
  link.close_stream = [reply = exchange.reply()] { reply.CloseStream(); };
  link.supports = [capabilities =
                       admission.capabilities](std::string_view name) {
    return capabilities != nullptr && capabilities->contains(name);
  };
  return {MakeCall(admission, exchange), exchange.label(),
          std::make_shared<const ClientLink>(std::move(link))};
}

CallContext Server::MakeCall(const lifecycle::Admission& admission,
                             const Exchange& exchange) const {
  ProgressSink progress;
  if (admission.progress_token) {
    // Shared by the copies of the call's context.
    auto reporter = std::make_shared<ProgressReporter>(
        *admission.progress_token, exchange.reply(), options_.progress,
        &std::chrono::steady_clock::now);
    progress = [reporter](double done, double total, std::string_view message) {
      reporter->Report(done, total, message);
    };
  }
  return CallContext(exchange.stop().get_token(),
                     std::chrono::steady_clock::now() + options_.call_timeout,
                     std::move(progress));
}

}  // namespace pmcp::server
