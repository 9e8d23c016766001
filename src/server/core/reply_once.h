// ReplyOnce: the way back for one incoming message. Exactly one of Send and
// Nothing is called, on any thread; notifications may come before it, never
// after.
//
// Thread-safe; copies are the same reply. A reply that is forgotten or given
// twice is a bug of ours and ends the process.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "server/words/request_id.h"
#include "server/words/rpc_error.h"

namespace pmcp::server {

/// The last message to one that came in, and what a transport that has status
/// codes needs to know of it.
struct Reply {
  std::string text;
  /// Of a JSON-RPC error; 0 for a result, and for the answers to a batch.
  int error_code = 0;
  /// Refused before its method did anything: the message itself is at fault,
  /// or the server cannot take it. False for an error that the method found.
  bool refused = false;
  /// One word for whoever counts: "ok", "error", or the kind of a tool's error.
  std::string_view outcome = "ok";

  static Reply Refusal(const std::optional<RequestId>& id,
                       const RpcError& error);
};

/// A cancelled request, a notification and a batch of notifications all end in
/// Nothing: a transport that has to say "there is no answer" learns it so.
class ReplyOnce {
 public:
  /// What a transport does with messages. Calls never overlap.
  struct Sink {
    /// A notification that belongs to this message's work.
    std::function<void(std::string message)> notify;
    /// Called once: the answer, or nullopt when there is none to be given.
    std::function<void(std::optional<Reply> answer)> finish;
    /// The work asks for an end of the connection that carries what `notify`
    /// was given, while it goes on; the client comes back for the rest. Empty
    /// where there is no such connection.
    std::function<void()> close_stream = {};
  };

  explicit ReplyOnce(Sink sink);

  /// Dropped once the reply is given.
  void Notify(std::string message) const;
  void CloseStream() const;
  void Send(Reply answer) const;
  /// For notifications and for requests that were cancelled.
  void Nothing() const;

 private:
  struct State;

  void Finish(std::optional<Reply> answer) const;

  /// Owned by the transport's call of Handle, the work, and its progress sink.
  std::shared_ptr<State> state_;
};

}  // namespace pmcp::server
