// ReplyOnce: the reply to one incoming message. The server calls exactly one of
// Send and Nothing, on any thread. Notifications are sent before, never after.
//
// Thread-safe; copies share one reply. A reply that is never or twice given is
// a bug and ends the process.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "server/words/request_id.h"
#include "server/words/rpc_error.h"

namespace pmcp::server {

/// The answer to an incoming message, and the facts that a transport with
/// status codes needs.
struct Reply {
  std::string text;
  /// The code of a JSON-RPC error; 0 for a result and for the answers of a
  /// batch.
  int error_code = 0;
  /// Whether the message was refused before its method ran: it is invalid, or
  /// the server is busy. False for an error of the method.
  bool refused = false;
  /// One word for metrics: "ok", "error", or the kind of a tool's error.
  std::string_view outcome = "ok";

  static Reply Refusal(const std::optional<RequestId>& id,
                       const RpcError& error);
};

/// A cancelled request, a notification and a batch of notifications end with
/// Nothing, so that a transport can report that there is no answer.
class ReplyOnce {
 public:
  /// The functions of the transport. Their calls never overlap.
  struct Sink {
    /// Sends a notification that belongs to this message.
    std::function<void(std::string message)> notify;
    /// Called once, with the answer, or nullopt if there is none.
    std::function<void(std::optional<Reply> answer)> finish;
    /// Closes the connection that carries the notifications; the call
    /// continues, and the client resumes the stream. Empty if there is no such
    /// connection.
    std::function<void()> close_stream = {};
  };

  explicit ReplyOnce(Sink sink);

  /// Does nothing after the reply.
  void Notify(std::string message) const;
  void CloseStream() const;
  void Send(Reply answer) const;
  /// For notifications and cancelled requests.
  void Nothing() const;

 private:
  struct State;

  void Finish(std::optional<Reply> answer) const;

  /// Shared by the transport's call of Handle, the job, and its progress sink.
  std::shared_ptr<State> state_;
};

}  // namespace pmcp::server
