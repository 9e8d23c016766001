// Peer: the client's end of a connection to a server, however it is connected.
// What a conversation (tests/conversations) talks to.
#pragma once

#include <optional>
#include <string>

namespace pmcp::test {

/// Used by one thread.
class Peer {
 public:
  virtual ~Peer() = default;

  virtual void Send(const std::string& message) = 0;
  /// The next message of the server, or nullopt when none came for long or the
  /// server has ended.
  virtual std::optional<std::string> Receive() = 0;
  /// Tells the server that no more messages come; it ends when it is done.
  virtual void CloseInput() = 0;
  /// After CloseInput, when all messages were received: what is wrong with the
  /// way in which the server ended, or "".
  virtual std::string HowItEnded() = 0;
};

}  // namespace pmcp::test
