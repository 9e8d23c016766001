// Dispatcher: the methods of MCP. The table of what exists, and one handler
// for each row; a new feature is a row and a handler.
//
// Knows no transport and no thread; handlers may run at the same time.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/call_context.h"
#include "server/exchange.h"
#include "server/jsonrpc.h"
#include "server/lifecycle.h"
#include "server/server_info.h"
#include "server/session.h"
#include "server/tool.h"
#include "server/tool_registry.h"

namespace pmcp::server {

class Dispatcher {
 public:
  /// What a handler sees of one request.
  struct Request {
    const nlohmann::json& params;
    protocol::Era era;
    Session& session;
    ToolContext context;
  };

  /// kReader: at once, on the transport's thread, so that it is answered while
  /// all workers are busy; for what takes no time. kWorker: everything else.
  enum class RunsOn { kReader, kWorker };

  /// One row of the table: what a method is called, what it does, and when it
  /// may be used.
  struct Method {
    std::string_view name;
    Outcome (Dispatcher::*handler)(const Request&) const;
    RunsOn runs_on = RunsOn::kReader;
    lifecycle::MethodEras eras;
  };

  Dispatcher(ServerInfo info, std::vector<Tool> tools);

  /// Null when no era has it.
  static const Method* FindMethod(std::string_view name);
  /// Methods that make a request modern even when it claims no version.
  static bool IsOnlyModern(std::string_view name);
  /// Methods that run on a worker, since they take time.
  static bool IsWork(std::string_view name);
  /// Names that a message with an id must not have.
  static bool IsNotification(std::string_view name);

  Outcome Run(const Method& method, const Request& request) const {
    return (this->*method.handler)(request);
  }
  /// Acts on a notification; one that is not known is ignored.
  static void Notify(const jsonrpc::Notification& notification,
                     Session& session);

  const ToolRegistry& tools() const { return tools_; }

 private:
  // Each takes the request's params and gives its result. Params are an object;
  // every member in it is checked by the handler that reads it.
  Outcome Initialize(const Request& request) const;
  Outcome Ping(const Request& request) const;
  Outcome Discover(const Request& request) const;
  Outcome ListTools(const Request& request) const;
  Outcome CallTool(const Request& request) const;

  const ServerInfo info_;
  const ToolRegistry tools_;
  // The answers of tools/list never change, so they are written once.
  const std::string legacy_tool_list_;
  const std::string modern_tool_list_;
};

}  // namespace pmcp::server
