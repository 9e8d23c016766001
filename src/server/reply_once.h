// ReplyOnce: the way back for one incoming message. Exactly one of Send and
// Nothing is called, on any thread; progress may come before it, never after.
//
// Thread-safe; copies are the same reply. A reply that is forgotten or given
// twice is a bug of ours and ends the process.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace pmcp::server {

/// A cancelled request, a notification and a batch of notifications all end in
/// Nothing: a transport that has to say "there is no answer" learns it so.
class ReplyOnce {
 public:
  /// What a transport does with messages. Calls never overlap.
  struct Sink {
    /// A notification that belongs to this message's work.
    std::function<void(std::string message)> notify;
    /// Called once: the answer, or nullopt when there is none to be given.
    std::function<void(std::optional<std::string> message)> finish;
  };

  explicit ReplyOnce(Sink sink);

  /// Dropped once the reply is given.
  void Notify(std::string message) const;
  void Send(std::string message) const;
  /// For notifications and for requests that were cancelled.
  void Nothing() const;

 private:
  struct State;

  void Finish(std::optional<std::string> message) const;

  /// Owned by the transport's call of Handle, the work, and its progress sink.
  std::shared_ptr<State> state_;
};

}  // namespace pmcp::server
