// Server: an MCP server without a transport. One door, Handle, takes a message
// and sees to it that it is answered.
//
//   jsonrpc::Parse → Handle → Session::Begin → lifecycle::Admit
//     → Dispatcher (on the reader's thread, or on a worker) → Exchange::Answer
//
// Thread-safe. What takes time runs on worker threads, so Handle returns at
// once. The server outlives its transports; destroying it waits for calls that
// still run, so cancel their sessions first.
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
  /// After it a call's context says kTimeout.
  std::chrono::milliseconds call_timeout = std::chrono::seconds(60);
  /// The most entries on one page of a list; 0: all of them.
  std::size_t page_size = 0;
};

class Server {
 public:
  Server(ServerInfo info, const Features& features, ServerOptions options = {});
  /// A server that offers tools and nothing else.
  Server(ServerInfo info, std::vector<Tool> tools, ServerOptions options = {});

  /// `message` is what one text held, whatever it was; a transport may look at
  /// it first. `reply` is used exactly once, before or after this returns, on
  /// this or on another thread.
  void Handle(jsonrpc::Parsed message, const std::shared_ptr<Session>& session,
              const ReplyOnce& reply);

  /// Calls that run or wait for a worker now.
  std::size_t calls() const { return workers_.jobs(); }

  /// Calls a tool directly, on this thread: what tools/call does without the
  /// protocol around it, for a command line. `arguments` is an object; an
  /// unknown tool is an error result of kind kNotFound.
  ToolResult Call(std::string_view tool, const nlohmann::json& arguments,
                  const CallContext& context) const;

 private:
  using Method = Dispatcher::Method;

  /// Each message of a batch goes the way of a single one; their answers are
  /// joined on the way back.
  void HandleBatch(jsonrpc::Parsed batch,
                   const std::shared_ptr<Session>& session,
                   const ReplyOnce& reply);
  void HandleMessage(jsonrpc::Message message, bool in_batch,
                     const std::shared_ptr<Session>& session,
                     const ReplyOnce& reply);
  /// Everything that can be refused without running anything.
  void HandleRequest(const std::shared_ptr<Exchange>& exchange, bool in_batch);
  /// Runs the method here or hands it to a worker.
  void Start(const Method& method, const lifecycle::Admission& admission,
             const std::shared_ptr<Exchange>& exchange);
  void Run(const Method& method, const protocol::Rules& rules,
           const ToolContext& context, Exchange& exchange) const;
  /// What a tool sees: the stop token, the deadline, and the ways in which it
  /// can speak to the client.
  ToolContext MakeContext(const lifecycle::Admission& admission,
                          const Exchange& exchange) const;
  CallContext MakeCall(const lifecycle::Admission& admission,
                       const Exchange& exchange) const;

  const ServerOptions options_;
  const Dispatcher dispatcher_;
  WorkerPool workers_;  // last: its jobs use the rest until it has ended
};

}  // namespace pmcp::server
