// A sealed state passes through the client. Conversations cannot test it, since
// the sealed text is not known in advance.
#include "server/core/input_rounds.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "tests/support/full_toy.h"
#include "tests/support/in_process_peer.h"
#include "tests/support/toy_server.h"

namespace pmcp::server {
namespace {

using nlohmann::json;
using test::InProcessPeer;

class InputRoundsTest : public ::testing::Test {
 protected:
  /// The answer to a call of `tool` with more `params`.
  json Call(const char* tool, json params) {
    params["name"] = tool;
    params["_meta"] = {
        {"io.modelcontextprotocol/protocolVersion", "2026-07-28"},
        {"io.modelcontextprotocol/clientCapabilities",
         {{"elicitation", json::object()}}}};
    peer_.Send(json{
        {"jsonrpc", "2.0"},
        {"id", 1},
        {"method", "tools/call"},
        {"params",
         params}}.dump());
    return json::parse(peer_.Receive().value_or("null"));
  }

  Server server_{test::ToyInfo(), test::FullToy(), test::FullToyOptions()};
  InProcessPeer peer_{server_};
};

const json kResponses = {{"name", {{"action", "accept"}}}};

TEST_F(InputRoundsTest, GivesTheStateBackThatItTookAlong) {
  const json first = Call("ask", json::object());
  const json state = first["result"]["requestState"];
  const json second =
      Call("ask", {{"inputResponses", kResponses}, {"requestState", state}});
  EXPECT_EQ(second["result"]["content"][0]["text"],
            R"({"action":"accept"}, state=asked)");
}

TEST_F(InputRoundsTest, RefusesAStateThatWasForAnotherCall) {
  const std::string state =
      Call("ask", json::object())["result"]["requestState"];
  const auto is_refused = [&](const char* tool, json params) {
    params["requestState"] = state;
    const json answer = Call(tool, std::move(params));
    return answer.contains("error") && answer["error"]["code"] == -32602;
  };
  EXPECT_TRUE(is_refused("note", json::object()));
  EXPECT_TRUE(is_refused("ask", {{"arguments", {{"a", 1}}}}));
  EXPECT_FALSE(is_refused("ask", json::object()));
}

}  // namespace
}  // namespace pmcp::server
