// Exchange: one request from its arrival to its answer. Holds the request and
// its reply, and logs the two.
//
// Created on the transport's thread, possibly answered on another; used by one
// thread at a time. The job that runs the request owns it.
#pragma once

#include <chrono>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

#include "server/core/reply_once.h"
#include "server/core/session.h"
#include "server/words/jsonrpc.h"
#include "server/words/rpc_error.h"

namespace pmcp::server {

/// The result of a method as JSON, and one word for the log.
struct Answered {
  std::string result_json;
  std::string_view word = "ok";
};
using Outcome = RpcResult<Answered>;

class Exchange {
 public:
  /// Logs the arrival.
  Exchange(jsonrpc::Request request, std::shared_ptr<Session> session,
           ReplyOnce reply);

  const jsonrpc::Request& request() const { return request_; }
  const std::shared_ptr<Session>& session() const { return session_; }
  const ReplyOnce& reply() const { return reply_; }
  const std::stop_source& stop() const { return stop_; }
  /// The name of the request in the log: `7 tools/call echo`.
  const std::string& label() const { return label_; }

  /// Registers the request with its session, which can then cancel it. Returns
  /// false if the id is in use; then only Refuse may follow.
  bool Begin();

  // Both send the answer, or nothing if the request was cancelled meanwhile.
  /// Sends the outcome of the method.
  void Answer(const Outcome& outcome);
  /// Sends the reason why no method runs.
  void Refuse(const RpcError& error);

 private:
  void Finish(const Outcome& outcome, bool refused);

  const jsonrpc::Request request_;
  const std::shared_ptr<Session> session_;
  const ReplyOnce reply_;
  const std::stop_source stop_;
  const std::string label_;
  const std::chrono::steady_clock::time_point start_;
  bool begun_ = false;
};

}  // namespace pmcp::server
