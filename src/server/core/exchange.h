// Exchange: one request from its arrival to its answer. Keeps the request, the
// way back, and the two lines that the log has for it.
//
// Made on the transport's thread, may be answered on another; used by one
// thread at a time. Shared by the job that runs it and nobody else.
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

/// What a method gives: its result as JSON, and one word on it for the log.
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
  /// `7 tools/call echo`: how the log names the request.
  const std::string& label() const { return label_; }

  /// Makes the request known to its session, from where it can be cancelled.
  /// False when its id is taken: then only Refuse may follow.
  bool Begin();

  // Each sends the answer, or nothing when the request was cancelled meanwhile.
  /// What the method gave.
  void Answer(const Outcome& outcome);
  /// Why no method runs.
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
