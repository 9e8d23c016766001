// Server: an MCP server without a transport. Every message enters by Handle,
// which makes sure that it is answered.
//
//   jsonrpc::Parse → Handle → Session::Begin → lifecycle::Admit
//     → Dispatcher (on the reader's thread, or on a worker) → Exchange::Answer
//
// Thread-safe. Methods that take time run on worker threads, so Handle returns
// at once. The server must outlive its transports. Its destructor waits for
// running calls, so cancel their sessions first.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string_view>
#include <vector>

#include "base/call_context.h"
#include "base/worker_pool.h"
#include "server/core/dispatcher.h"
#include "server/core/exchange.h"
#include "server/core/lifecycle.h"
#include "server/core/progress_reporter.h"
#include "server/core/reply_once.h"
#include "server/core/session.h"
#include "server/offer/features.h"
#include "server/offer/tool.h"
#include "server/offer/tool_context.h"
#include "server/words/jsonrpc.h"
#include "server/words/server_info.h"

namespace pmcp::server {

struct ServerOptions {
  WorkerPool::Options workers;
  ProgressReporter::Options progress;
  /// The time limit of a call; its context then returns kTimeout.
  std::chrono::milliseconds call_timeout = std::chrono::seconds(60);
  /// The maximum number of entries on one page of a list; 0: no limit.
  std::size_t page_size = 0;
};

class Server {
 public:
  Server(ServerInfo info, const Features& features, ServerOptions options = {});
  /// A server that offers tools and nothing else.
  Server(ServerInfo info, std::vector<Tool> tools, ServerOptions options = {});

  /// Handles the contents of one text, valid or not. Gives `reply` exactly
  /// once, before or after this returns, on this or another thread.
  void Handle(jsonrpc::Parsed message, const std::shared_ptr<Session>& session,
              const ReplyOnce& reply);

  /// The number of calls that run or wait for a worker.
  std::size_t calls() const { return workers_.jobs(); }

  /// Calls a tool on this thread without the protocol, for a command line.
  /// `arguments` is an object; an unknown tool gives an error result of kind
  /// kNotFound.
  ToolResult Call(std::string_view tool, const nlohmann::json& arguments,
                  const CallContext& context) const;

 private:
  using Method = Dispatcher::Method;

  /// Handles each message of a batch like a single one, and joins the answers.
  void HandleBatch(jsonrpc::Parsed batch,
                   const std::shared_ptr<Session>& session,
                   const ReplyOnce& reply);
  void HandleMessage(jsonrpc::Message message, bool in_batch,
                     const std::shared_ptr<Session>& session,
                     const ReplyOnce& reply);
  /// Makes all checks that need no method to run.
  void HandleRequest(const std::shared_ptr<Exchange>& exchange, bool in_batch);
  /// Runs the method on this thread or on a worker.
  void Start(const Method& method, const lifecycle::Admission& admission,
             const std::shared_ptr<Exchange>& exchange);
  void Run(const Method& method, const protocol::Rules& rules,
           const ToolContext& context, Exchange& exchange) const;
  /// Makes the context of a call: stop token, deadline, and functions that
  /// reach the client.
  ToolContext MakeContext(const lifecycle::Admission& admission,
                          const Exchange& exchange) const;
  CallContext MakeCall(const lifecycle::Admission& admission,
                       const Exchange& exchange) const;

  const ServerOptions options_;
  const Dispatcher dispatcher_;
  WorkerPool workers_;  // last: its jobs use the other members
};

}  // namespace pmcp::server
