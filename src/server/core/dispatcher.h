// Dispatcher: the methods of MCP. The table of what exists, and one handler
// for each row; a new feature is a row and a handler.
//
// Knows no transport and no thread; handlers may run at the same time.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "server/core/exchange.h"
#include "server/core/input_rounds.h"
#include "server/core/lifecycle.h"
#include "server/core/paged_list.h"
#include "server/core/reply_once.h"
#include "server/core/request_state.h"
#include "server/core/session.h"
#include "server/offer/features.h"
#include "server/offer/tool_context.h"
#include "server/offer/tool_registry.h"
#include "server/words/jsonrpc.h"
#include "server/words/server_info.h"

namespace pmcp::server {

class Dispatcher {
 public:
  /// What a handler sees of one request.
  struct Request {
    const nlohmann::json& params;
    const protocol::Rules& rules;
    const std::shared_ptr<Session>& session;
    const ReplyOnce& reply;
    ToolContext context;
  };

  /// kReader: at once, on the transport's thread, so that it is answered while
  /// all workers are busy; for what takes no time. kWorker: everything else.
  /// kListen: on no thread, as long as the client listens.
  enum class RunsOn { kReader, kWorker, kListen };

  /// What a server must offer for a method to exist.
  enum class Needs {
    kNothing,
    kTools,
    kResources,
    kWatching,
    kPrompts,
    kCompletion,
    kLogging,
    kChanges,
  };

  /// One row of the table: what a method is called, what it does, and when it
  /// may be used.
  struct Method {
    std::string_view name;
    Outcome (Dispatcher::*handler)(const Request&) const = nullptr;
    RunsOn runs_on = RunsOn::kReader;
    Needs needs = Needs::kNothing;
    lifecycle::MethodScope scope;
  };

  /// No page of a list has more entries; 0: any number.
  Dispatcher(ServerInfo info, const Features& features, std::size_t page_size);

  /// Null when no version has it, or this server does not offer it.
  const Method* FindMethod(std::string_view name) const;
  /// Whether any version has it, offered or not.
  static bool IsMethod(std::string_view name);
  /// Methods that no version with sessions has: such a request must name its
  /// version in params._meta.
  static bool IsStatelessOnly(std::string_view name);
  /// Methods that run on a worker, since they take time.
  static bool IsWork(std::string_view name);
  /// The method that opens a session.
  static bool IsInitialize(std::string_view name);
  /// Methods whose answer is nothing but a stream.
  static bool IsListen(std::string_view name);
  /// Names that a message with an id must not have.
  static bool IsNotification(std::string_view name);

  /// Not for rows that kListen.
  Outcome Run(const Method& method, const Request& request) const {
    return (this->*method.handler)(request);
  }
  /// Acts on a notification; one that is not known is ignored.
  static void Notify(const jsonrpc::Notification& notification,
                     Session& session);

  const ServerInfo& info() const { return info_; }
  const ToolRegistry& tools() const { return tools_; }
  const Features& features() const { return features_; }

 private:
  static std::span<const Method> Methods();
  bool Offers(Needs needs) const;

  // Each takes the request's params and gives its result. Params are an object;
  // every member in it is checked by the handler that reads it.
  Outcome Initialize(const Request& request) const;
  Outcome Ping(const Request& request) const;
  Outcome Discover(const Request& request) const;
  Outcome SetLogLevel(const Request& request) const;
  Outcome ListTools(const Request& request) const;
  Outcome CallTool(const Request& request) const;
  // dispatcher_resources.cc
  Outcome ListResources(const Request& request) const;
  Outcome ListTemplates(const Request& request) const;
  Outcome ReadResource(const Request& request) const;
  Outcome Subscribe(const Request& request) const;
  Outcome Unsubscribe(const Request& request) const;
  // dispatcher_prompts.cc
  Outcome ListPrompts(const Request& request) const;
  Outcome GetPrompt(const Request& request) const;
  Outcome Complete(const Request& request) const;

  /// Null when there is no such prompt or template.
  const CompletionFunction* FindCompletion(const nlohmann::json& ref) const;
  /// Has the session told of changes from now on.
  void TellOfChanges(const std::shared_ptr<Session>& session) const;

  const ServerInfo info_;
  const ToolRegistry tools_;
  const Features features_;  // without the tools, which are in tools_
  const std::size_t page_size_;
  const std::string capabilities_;
  // What never changes is written once.
  const PagedList tool_list_;
  const PagedList resource_list_;
  const PagedList template_list_;
  const PagedList prompt_list_;
  const RequestState request_state_;
};

}  // namespace pmcp::server
