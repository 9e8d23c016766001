// Dispatcher: the table of MCP methods, with one handler for each. A new method
// is a row and a handler.
//
// Knows neither transports nor threads. Handlers run concurrently.
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
  /// The parts of a request that a handler uses.
  struct Request {
    const nlohmann::json& params;
    const protocol::Rules& rules;
    const std::shared_ptr<Session>& session;
    const ReplyOnce& reply;
    ToolContext context;
  };

  /// kReader: on the transport's thread, so that it is answered while all
  /// workers are busy; for methods that take no time. kWorker: on a worker
  /// thread. kListen: stays open without a thread until the client ends it.
  enum class RunsOn { kReader, kWorker, kListen };

  /// The feature that a server must offer for a method to exist.
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

  /// One row of the table: the name of a method, its handler, and when it may
  /// be used.
  struct Method {
    std::string_view name;
    Outcome (Dispatcher::*handler)(const Request&) const = nullptr;
    RunsOn runs_on = RunsOn::kReader;
    Needs needs = Needs::kNothing;
    lifecycle::MethodScope scope;
  };

  /// `page_size` is the maximum number of entries on one page of a list; 0: no
  /// limit.
  Dispatcher(ServerInfo info, const Features& features, std::size_t page_size);

  /// Null when no version has it, or this server does not offer it.
  const Method* FindMethod(std::string_view name) const;
  /// Whether any version has it, offered or not.
  static bool IsMethod(std::string_view name);
  /// Methods that no version with sessions has: such a request must name its
  /// version in params._meta.
  static bool IsStatelessOnly(std::string_view name);
  /// Methods that run on a worker thread.
  static bool IsWork(std::string_view name);
  /// The method that opens a session.
  static bool IsInitialize(std::string_view name);
  /// Methods that only stream notifications until they end.
  static bool IsListen(std::string_view name);
  /// Names of notifications, which a request must not have.
  static bool IsNotification(std::string_view name);

  /// `method` must not be kListen.
  Outcome Run(const Method& method, const Request& request) const {
    return (this->*method.handler)(request);
  }
  /// Acts on a notification; ignores unknown ones.
  static void Notify(const jsonrpc::Notification& notification,
                     Session& session);

  const ServerInfo& info() const { return info_; }
  const ToolRegistry& tools() const { return tools_; }
  const Features& features() const { return features_; }

 private:
  static std::span<const Method> Methods();
  bool Offers(Needs needs) const;

  // Handlers. `params` is an object; each handler checks the members that it
  // reads.
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

  /// Returns null if there is no such prompt or template.
  const CompletionFunction* FindCompletion(const nlohmann::json& ref) const;
  /// Sends change notifications to the session from now on.
  void SubscribeToChanges(const std::shared_ptr<Session>& session) const;

  const ServerInfo info_;
  const ToolRegistry tools_;
  const Features features_;  // without the tools, which are in tools_
  const std::size_t page_size_;
  const std::string capabilities_;
  // Serialised once, since they never change.
  const PagedList tool_list_;
  const PagedList resource_list_;
  const PagedList template_list_;
  const PagedList prompt_list_;
  const RequestState request_state_;
};

}  // namespace pmcp::server
