// Passes lines of any bytes to Server::Handle. Every message of the server
// follows the protocol, and the server continues to answer. The lines of one
// input are one session.
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "tests/conversations/message_rules.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/quick_tools.h"
#include "tests/support/in_process_peer.h"
#include "tests/support/toy_server.h"

namespace pmcp::test {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxLines = 16;

server::Server& Toy() {
  static server::Server server(ToyInfo(), QuickTools(), ToyOptions());
  return server;
}

/// All messages that the server sends for `line`.
std::vector<json> Replies(InProcessPeer& peer, const std::string& line) {
  std::vector<json> replies;
  peer.Send(line);
  PMCP_CHECK(peer.WaitUntilIdle());
  while (const auto reply = peer.Receive()) {
    PMCP_CHECK(reply->find('\n') == std::string::npos);
    replies.push_back(json::parse(*reply, nullptr, false));
    PMCP_CHECK(!replies.back().is_discarded());
  }
  return replies;
}

void CheckStillAnswers() {
  InProcessPeer peer(Toy());
  const auto replies =
      Replies(peer, R"({"jsonrpc":"2.0","id":"alive","method":"ping"})");
  PMCP_CHECK(replies.size() == 1 && replies[0].at("id") == "alive");
  PMCP_CHECK(replies[0].contains("result"));
}

void CheckLine(InProcessPeer& peer, const std::string& line) {
  MessageRules rules;
  rules.OnSent(line);
  for (const json& reply : Replies(peer, line)) {
    // Requests of a batch may share an id. Then their answers, which depend on
    // the request, cannot be assigned to them.
    if (!reply.is_array()) PMCP_CHECK(rules.Check(reply).empty());
  }
}

void CheckSession(std::string_view text) {
  InProcessPeer peer(Toy());
  for (std::size_t lines = 0; lines < kMaxLines && !text.empty(); ++lines) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    CheckLine(peer, std::string(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  CheckStillAnswers();
}

}  // namespace
}  // namespace pmcp::test

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  pmcp::test::CheckSession(pmcp::test::ToText(data, size));
  return 0;
}
