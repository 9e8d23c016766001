// Change notifications over HTTP: subscriptions/listen, which has a stream of
// its own, and the stream of a session.
#include <gtest/gtest.h>

#include <string>

#include "tests/http/raw_client.h"
#include "tests/support/full_toy.h"
#include "tests/support/http_server.h"
#include "tests/support/toy_server.h"

namespace pmcp::test {
namespace {

class Subscriptions : public testing::Test {
 protected:
  RawClient Connect() { return RawClient(http_.port()); }

  static bool Has(const std::string& all, const std::string& text) {
    return all.find(text) != std::string::npos;
  }

  RawClient Listen() {
    RawClient client = Connect();
    client.Send(McpPost("subscriptions/listen",
                        R"("notifications":{"toolsListChanged":true})"));
    const std::string start = client.ReceiveUntil("acknowledged");
    EXPECT_TRUE(Has(start, "text/event-stream")) << start;
    EXPECT_TRUE(Has(start, R"("toolsListChanged":true)")) << start;
    return client;
  }

  void Publish() {
    RawClient client = Connect();
    client.Send(McpPost("tools/call",
                        R"("name":"publish","arguments":{"list":"tools"})",
                        "publish"));
    const auto response = client.Receive();
    ASSERT_TRUE(response);
    EXPECT_TRUE(Has(response->body, "published")) << response->body;
  }

  server::Server toy_{ToyInfo(), FullToy(), FullToyOptions()};
  HttpTestServer http_{toy_};
};

TEST_F(Subscriptions, HearOfChangesUntilTheyAreClosed) {
  RawClient first = Listen();
  RawClient second = Listen();
  Publish();
  for (RawClient* client : {&first, &second}) {
    EXPECT_TRUE(Has(client->ReceiveUntil("list_changed"),
                    R"("io.modelcontextprotocol/subscriptionId")"));
  }
  first.Close();
  Publish();
  EXPECT_TRUE(Has(second.ReceiveUntil("list_changed"), "list_changed"));
}

TEST_F(Subscriptions, EndWithAnAnswerWhenTheServerEnds) {
  RawClient client = Listen();
  http_.endpoint().Drain();
  const std::string end = client.ReceiveUntil("\r\n0\r\n\r\n");
  EXPECT_TRUE(Has(end, R"("resultType":"complete")")) << end;
  EXPECT_TRUE(client.IsClosed());
}

TEST_F(Subscriptions, AreRefusedWhenThereAreTooManyStreams) {
  HttpTestServer crowded(toy_, {}, {.max_streams = 0});
  RawClient client(crowded.port());
  client.Send(McpPost("subscriptions/listen",
                      R"("notifications":{"toolsListChanged":true})"));
  const auto response = client.Receive();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 503);
  EXPECT_EQ(response->fields.at("retry-after"), "5");
  EXPECT_TRUE(Has(response->body, R"("id":1,"error")")) << response->body;
}

TEST_F(Subscriptions, NeedAClientThatTakesStreams) {
  std::string text = McpPost("subscriptions/listen",
                             R"("notifications":{"toolsListChanged":true})");
  text.insert(text.find("Content-Type"), "Accept: application/json\r\n");
  RawClient client = Connect();
  client.Send(text);
  const auto response = client.Receive();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 406);
}

TEST_F(Subscriptions, OfASessionComeOnItsOwnStream) {
  RawClient opening = Connect();
  opening.Send(
      PostText(R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":)"
               R"({"protocolVersion":"2025-11-25","capabilities":{},)"
               R"("clientInfo":{"name":"c","version":"1"}}})"));
  const auto response = opening.Receive();
  ASSERT_TRUE(response);
  RawClient stream = Connect();
  stream.Send(
      "GET /mcp HTTP/1.1\r\nHost: localhost\r\n"
      "Accept: text/event-stream\r\nMcp-Session-Id: " +
      response->fields.at("mcp-session-id") + "\r\n\r\n");
  stream.ReceiveUntil("\r\n\r\n");
  Publish();
  EXPECT_TRUE(
      Has(stream.ReceiveUntil("list_changed"),
          R"({"jsonrpc":"2.0","method":"notifications/tools/list_changed"})"));
}

}  // namespace
}  // namespace pmcp::test
