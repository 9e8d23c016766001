// The shutdown of a server: waiting calls get their answers, also on streams;
// subscriptions end.
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>

#include "server/offer/tool.h"
#include "tests/http/raw_client.h"
#include "tests/http/toy_over_http.h"

namespace pmcp::test {
namespace {

constexpr std::string_view kStaged = R"({
  "name": "staged",
  "description": "Reports progress, and ends when it may.",
  "inputSchema": {"type": "object", "additionalProperties": false}
})";

class Drain : public testing::Test {
 protected:
  std::string OpenSession() {
    RawClient client(http_.port());
    client.Send(PostText(kInitialize));
    return "Mcp-Session-Id: " + client.Receive()->fields.at("mcp-session-id") +
           "\r\n";
  }

  void BeginToStop() {
    http_.endpoint().Drain();
    http_.listener().Stop();
  }

  server::ToolResult Run(const server::ToolContext& context) {
    context.call().Progress(1, 2, "begun");
    while (!may_end_ && context.call().Check()) std::this_thread::yield();
    return {.text = may_end_ ? "done" : "stopped"};
  }

  std::atomic<bool> may_end_{false};
  server::Server server_{
      ToyInfo(),
      {{kStaged,
        [this](const auto&, const server::ToolContext& context) {
          return Run(context);
        }}},
      ToyOptions()};
  HttpTestServer http_{server_};
};

TEST_F(Drain, CallsEndTheirStreamsWithTheirAnswers) {
  const std::string session = OpenSession();
  const std::string stateless =
      McpPost("tools/call", R"("name":"staged")", "staged");
  const std::string in_session =
      PostText(R"({"jsonrpc":"2.0","id":5,"method":"tools/call","params":)"
               R"({"name":"staged","_meta":{"progressToken":"p"}}})",
               session);
  RawClient first(http_.port());
  RawClient second(http_.port());
  first.Send(stateless);
  second.Send(in_session);
  for (RawClient* client : {&first, &second}) client->ReceiveUntil("begun");
  BeginToStop();
  // Long enough for streams to check their connections several times.
  EXPECT_EQ(first.ReceiveSome(std::chrono::milliseconds(300)), std::nullopt);
  may_end_ = true;
  for (RawClient* client : {&first, &second}) {
    const std::string rest = client->ReceiveUntil("\r\n0\r\n\r\n");
    EXPECT_NE(rest.find("done"), std::string::npos) << rest;
    EXPECT_TRUE(client->IsClosed());
  }
}

TEST_F(Drain, TheStreamOfASessionEnds) {
  const std::string session = OpenSession();
  RawClient client(http_.port());
  client.Send(
      "GET /mcp HTTP/1.1\r\nHost: localhost\r\n"
      "Accept: text/event-stream\r\n" +
      session + "\r\n");
  client.ReceiveUntil("retry: 500");
  BeginToStop();
  EXPECT_NE(client.ReceiveUntil("0\r\n\r\n"), "");
  EXPECT_TRUE(client.IsClosed());
}

TEST_F(Drain, NobodyElseIsTaken) {
  RawClient idle(http_.port());
  idle.Send(McpPost("tools/list"));
  ASSERT_TRUE(idle.Receive());
  BeginToStop();
  EXPECT_TRUE(idle.IsClosed());
}

}  // namespace
}  // namespace pmcp::test
