#include "server/core/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/log.h"
#include "tests/support/in_process_peer.h"
#include "tests/support/toy_server.h"

namespace pmcp::server {
namespace {

using nlohmann::json;
using test::InProcessPeer;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;

const json kMeta = {
    {"io.modelcontextprotocol/protocolVersion", "2026-07-28"},
    {"io.modelcontextprotocol/clientCapabilities", json::object()}};

std::string CallOf(int id, const char* tool, json arguments = json::object()) {
  return json{
      {"jsonrpc", "2.0"},
      {"id", id},
      {"method", "tools/call"},
      {"params",
       {{"name", tool}, {"arguments", std::move(arguments)}, {"_meta", kMeta}}}}
      .dump();
}

json Ask(InProcessPeer& peer, const std::string& message) {
  peer.Send(message);
  const auto answer = peer.Receive();
  return answer ? json::parse(*answer) : json();
}

TEST(Server, ListsExactlyTheDeclarations) {
  Server server(test::ToyInfo(), test::ToyTools(), test::ToyOptions());
  InProcessPeer peer(server);
  const json answer = Ask(peer, json{{"jsonrpc", "2.0"},
                                     {"id", 1},
                                     {"method", "tools/list"},
                                     {"params", {{"_meta", kMeta}}}}
                                    .dump());
  json declared = json::array();
  for (const Tool& tool : test::ToyTools()) {
    declared.push_back(json::parse(tool.declaration));
  }
  EXPECT_EQ(answer["result"]["tools"], declared);
}

TEST(Server, CallsToolsWithoutTheProtocol) {
  const Server server(test::ToyInfo(), test::ToyTools());
  const ToolResult echo =
      server.Call("echo", {{"text", "hi"}, {"times", "2"}}, CallContext());
  EXPECT_FALSE(echo.error);
  EXPECT_EQ(json::parse(echo.text)["times"], 2);

  EXPECT_EQ(server.Call("echo", json::object(), CallContext()).error,
            ErrorKind::kInvalidArgument);

  const ToolResult unknown = server.Call("ecko", json::object(), CallContext());
  EXPECT_EQ(unknown.error, ErrorKind::kNotFound);
  EXPECT_EQ(unknown.text, "unknown tool \"ecko\"\ndid you mean \"echo\"?");
}

TEST(Server, GivesEachCallADeadline) {
  ServerOptions options = test::ToyOptions();
  options.call_timeout = std::chrono::milliseconds(1);
  Server server(test::ToyInfo(), test::ToyTools(), options);
  InProcessPeer peer(server);
  const json answer = Ask(peer, CallOf(1, "slow"));
  EXPECT_EQ(answer["result"]["_meta"]["io.github.example/error"]["kind"],
            "timeout");
}

TEST(Server, NeverAnswersACancelledCall) {
  Server server(test::ToyInfo(), test::ToyTools(), test::ToyOptions());
  InProcessPeer peer(server);
  for (int i = 0; i < 100; ++i) {  // the tool and the cancellation race
    peer.Send(CallOf(i, "slow"));
    peer.Send(R"({"jsonrpc":"2.0","method":"notifications/cancelled",)"
              R"("params":{"requestId":)" +
              std::to_string(i) + "}}");
    ASSERT_TRUE(peer.WaitUntilIdle());
  }
  EXPECT_EQ(peer.Receive(), std::nullopt);
}

TEST(Server, SkipsCallsThatWereCancelledInTheQueue) {
  int ran = 0;
  std::vector<Tool> tools = test::ToyTools();
  tools.push_back({R"({"name":"count","inputSchema":{"type":"object"}})",
                   [&ran](const json&, const ToolContext&) {
                     ++ran;
                     return ToolResult{};
                   }});
  Server server(test::ToyInfo(), std::move(tools),
                {.workers = {.threads = 1, .queue = 1}});
  InProcessPeer peer(server);
  peer.Send(CallOf(1, "slow"));
  peer.Send(CallOf(2, "count"));
  for (const char* id : {"2", "1"}) {
    peer.Send(
        std::string(R"({"jsonrpc":"2.0","method":)"
                    R"("notifications/cancelled","params":{"requestId":)") +
        id + "}}");
  }
  ASSERT_TRUE(peer.WaitUntilIdle());
  EXPECT_EQ(ran, 0);
}

TEST(Server, LogsTwoLinesARequestThatNobodyCanForge) {
  log::SetLevel(log::Level::kDebug);
  ::testing::internal::CaptureStderr();
  {
    Server server(test::ToyInfo(), test::ToyTools(), test::ToyOptions());
    InProcessPeer peer(server);
    Ask(peer, CallOf(7, "open"));
    Ask(peer, CallOf(8, "echo"));
    Ask(peer, CallOf(9, "x\n--> 1 forged"));
  }
  const std::string log = ::testing::internal::GetCapturedStderr();
  log::SetLevel(log::Level::kWarn);
  EXPECT_THAT(log, HasSubstr("<-- 7 tools/call open\n"));
  EXPECT_THAT(log, ContainsRegex("--> 7 tools/call open ok [0-9]+ms 0.2kB\n"));
  EXPECT_THAT(log, ContainsRegex("--> 8 tools/call echo invalid_argument "));
  EXPECT_THAT(log, HasSubstr("<-- 9 tools/call x --> 1 forged\n"));
  EXPECT_THAT(log, ContainsRegex("--> 9 tools/call x .* error -32602 "));
}

/// The one answer to `message`, as a transport gets it.
Reply AnswerTo(Server& server, const std::string& message) {
  std::promise<Reply> answer;
  server.Handle(jsonrpc::Parse(message), std::make_shared<Session>(),
                ReplyOnce({.notify = [](const std::string&) {},
                           .finish =
                               [&](std::optional<Reply> given) {
                                 answer.set_value(given.value_or(Reply{}));
                               }}));
  return answer.get_future().get();
}

TEST(Server, TellsTransportsHowARequestEnded) {
  Server server(test::ToyInfo(), test::ToyTools(), test::ToyOptions());
  struct Case {
    std::string message;
    int error_code;
    bool refused;
  };
  const Case cases[] = {
      {CallOf(1, "open"), 0, false},
      {CallOf(1, "nothing"), -32602, false},
      {"[", -32700, true},
      {R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})", -32602, true},
      {R"([{"jsonrpc":"2.0","method":"m"}])", -32600, true},
      {json{{"jsonrpc", "2.0"},
            {"id", 1},
            {"method", "ping"},
            {"params", {{"_meta", kMeta}}}}
           .dump(),
       -32601, true},
  };
  for (const Case& row : cases) {
    const Reply answer = AnswerTo(server, row.message);
    EXPECT_EQ(answer.error_code, row.error_code) << row.message;
    EXPECT_EQ(answer.refused, row.refused) << row.message;
  }
}

TEST(Dispatcher, KnowsMethodsThatNoVersionWithSessionsHas) {
  EXPECT_TRUE(Dispatcher::IsStatelessOnly("server/discover"));
  EXPECT_TRUE(Dispatcher::IsStatelessOnly("subscriptions/listen"));
  EXPECT_FALSE(Dispatcher::IsStatelessOnly("tools/call"));
  EXPECT_FALSE(Dispatcher::IsStatelessOnly("ping"));
  EXPECT_FALSE(Dispatcher::IsStatelessOnly("nothing"));
}

TEST(Server, KeepsSessionsApart) {
  Server server(test::ToyInfo(), test::ToyTools(), test::ToyOptions());
  InProcessPeer one(server);
  InProcessPeer two(server);
  one.Send(CallOf(1, "slow"));
  two.Send(
      R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}})");
  EXPECT_EQ(Ask(two, CallOf(1, "open"))["id"], 1);
  EXPECT_EQ(json::parse(one.Receive().value_or("{}"))["id"], 1);
}

}  // namespace
}  // namespace pmcp::server
