// Conversation: a file of messages between a client and a server, and a check
// that a server says its part. README.md describes the format.
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

/// `problem` is empty, or says what is wrong with the file.
struct ParsedConversation {
  Conversation conversation;
  std::string problem;
};
ParsedConversation ParseConversation(const std::string& text);

/// Plays the client's part; what the server did wrong, or "".
std::string Play(const Conversation& conversation, Peer& peer);

}  // namespace pmcp::test
