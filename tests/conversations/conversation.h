// Conversation: a file of messages between a client and a server, and the
// player that checks the messages of a server against it. README.md describes
// the format.
#pragma once

#include <string>
#include <vector>

#include "tests/support/peer.h"

namespace pmcp::test {

struct Step {
  enum class Kind {
    kSend,        // "> "
    kExpect,      // "< ": the next message
    kExpectAny,   // "<? ": one of a group that comes in any order
    kCloseInput,  // ">end"
  };
  Kind kind = Kind::kSend;
  std::string text;
  int line = 0;
};

struct Conversation {
  std::string why;
  std::vector<Step> steps;
};

/// `problem` describes an error in the file, or is empty.
struct ParsedConversation {
  Conversation conversation;
  std::string problem;
};
ParsedConversation ParseConversation(const std::string& text);

/// Sends the messages of the client. Returns the first mismatch of the server,
/// or "".
std::string Play(const Conversation& conversation, Peer& peer);

}  // namespace pmcp::test
