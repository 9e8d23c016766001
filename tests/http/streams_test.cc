// Event streams: when the response is one, its events, and the effect of a
// closed connection with and without a session.
#include <gtest/gtest.h>

#include <string>
#include <thread>

#include "tests/http/toy_over_http.h"

namespace pmcp::test {
namespace {

using std::chrono::milliseconds;

class Streams : public ToyOverHttp {
 protected:
  Streams()
      : ToyOverHttp(SmallLimits(),
                    {.max_streams = 2, .heartbeat = milliseconds(100)}) {}

  std::string Fields(const std::string& session) {
    return "Mcp-Session-Id: " + session + "\r\n";
  }

  std::string Get(const std::string& session, const std::string& more = "") {
    return "GET /mcp HTTP/1.1\r\nHost: localhost\r\n"
           "Accept: text/event-stream\r\n" +
           Fields(session) + more + "\r\n";
  }

  /// Waits until the toy has no call that runs: its two workers are free.
  void ExpectWorkersAreFree() {
    RawClient first = Connect();
    RawClient second = Connect();
    for (RawClient* client : {&first, &second}) {
      client->Send(McpPost(
          "tools/call", R"("name":"echo","arguments":{"text":"x"})", "echo"));
      const auto response = client->Receive();
      ASSERT_TRUE(response);
      EXPECT_EQ(response->status, 200);
    }
  }

  const std::string progress_ =
      McpPost("tools/call", R"("name":"progress")", "progress");
};

TEST_F(Streams, ProgressMakesAStream) {
  RawClient client = Connect();
  client.Send(progress_);
  const std::string all = client.ReceiveUntil("\r\n0\r\n\r\n");
  EXPECT_NE(all.find("HTTP/1.1 200"), std::string::npos);
  EXPECT_NE(all.find("Content-Type: text/event-stream"), std::string::npos);
  EXPECT_NE(all.find("Cache-Control: no-cache, no-transform"),
            std::string::npos);
  EXPECT_NE(all.find("X-Accel-Buffering: no"), std::string::npos);
  const auto step = all.find("\"message\":\"step 1\"");
  const auto answer = all.find("\"text\":\"done\"");
  ASSERT_NE(step, std::string::npos);
  ASSERT_NE(answer, std::string::npos);
  EXPECT_LT(step, answer);
  EXPECT_EQ(all.find("id: "), std::string::npos)
      << "no event ids without a session";
  EXPECT_TRUE(client.IsClosed());
}

TEST_F(Streams, AClientThatTakesNoneGetsABody) {
  std::string text = progress_;
  text.insert(text.find("Content-Type"), "Accept: application/json\r\n");
  RawClient client = Connect();
  client.Send(text);
  const auto response = client.Receive();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->fields.at("content-type"), "application/json");
  EXPECT_NE(response->body.find("done"), std::string::npos);
}

TEST_F(Streams, StreamsOfASessionArePrimedAndNumbered) {
  const std::string session = OpenSession();
  RawClient client = Connect();
  client.Send(
      PostText(R"({"jsonrpc":"2.0","id":5,"method":"tools/call","params":)"
               R"({"name":"progress","_meta":{"progressToken":"p"}}})",
               Fields(session)));
  const std::string all = client.ReceiveUntil("\r\n0\r\n\r\n");
  EXPECT_NE(all.find("id: s1_0\nretry: 500\ndata: \n\n"), std::string::npos);
  EXPECT_NE(all.find("id: s1_1\n"), std::string::npos);

  // The missed events are replayed, and none of another stream.
  RawClient again = Connect();
  again.Send(Get(session, "Last-Event-ID: s1_1\r\n"));
  const std::string rest = again.ReceiveUntil("\r\n0\r\n\r\n");
  EXPECT_EQ(rest.find("step 1"), std::string::npos);
  EXPECT_NE(rest.find("step 2"), std::string::npos);
  EXPECT_NE(rest.find("\"text\":\"done\""), std::string::npos);
}

TEST_F(Streams, UnknownEventsAreNotResumed) {
  const std::string session = OpenSession();
  for (const char* id : {"s9_1", "nonsense", ""}) {
    RawClient client = Connect();
    client.Send(Get(session, std::string("Last-Event-ID: ") + id + "\r\n"));
    EXPECT_EQ(client.Receive()->status, 404) << id;
  }
}

TEST_F(Streams, ASessionHasOneStreamOfItsOwn) {
  const std::string session = OpenSession();
  RawClient first = Connect();
  first.Send(Get(session));
  EXPECT_NE(first.ReceiveUntil("retry: 500").find("200"), std::string::npos);
  EXPECT_NE(first.ReceiveUntil(":\n\n"), "") << "a heartbeat";
  RawClient second = Connect();
  second.Send(Get(session));
  EXPECT_EQ(second.Receive()->status, 409);
  first.Close();
  // Free again once the server has detected the closed connection.
  int status = 409;
  while (status == 409) {
    RawClient third = Connect();
    third.Send(Get(session));
    status = third.Receive()->status;
  }
  EXPECT_EQ(status, 200);
}

TEST_F(Streams, AreLimited) {
  std::vector<RawClient> open;
  for (int i = 0; i < 2; ++i) {
    const std::string session = OpenSession();
    open.push_back(Connect());
    open.back().Send(Get(session));
    open.back().ReceiveUntil("retry: 500");
  }
  const std::string session = OpenSession();
  RawClient one_more = Connect();
  one_more.Send(Get(session));
  const auto response = one_more.Receive();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 503);
  EXPECT_EQ(response->fields.at("retry-after"), "5");
}

// Progress may be dropped; the answer must arrive.
TEST_F(Streams, CallsBeyondThemAreAnsweredWithoutOne) {
  std::vector<RawClient> open;
  std::string session;
  for (int i = 0; i < 2; ++i) {
    session = OpenSession();
    open.push_back(Connect());
    open.back().Send(Get(session));
    open.back().ReceiveUntil("retry: 500");
  }
  const std::string in_session =
      PostText(R"({"jsonrpc":"2.0","id":5,"method":"tools/call","params":)"
               R"({"name":"progress","_meta":{"progressToken":"p"}}})",
               Fields(session));
  for (const std::string& call : {progress_, in_session}) {
    RawClient client = Connect();
    client.Send(call);
    const auto response = client.Receive();
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 200);
    EXPECT_EQ(response->fields.at("content-type"), "application/json");
    EXPECT_NE(response->body.find("\"text\":\"done\""), std::string::npos);
  }
}

TEST_F(Streams, GetAndDeleteNeedASession) {
  const auto status = [&](const std::string& text) {
    RawClient client = Connect();
    client.Send(text);
    return client.Receive()->status;
  };
  EXPECT_EQ(status("GET /mcp HTTP/1.1\r\nHost: localhost\r\n\r\n"), 405);
  EXPECT_EQ(status(Get("unknown")), 404);
  EXPECT_EQ(status("DELETE /mcp HTTP/1.1\r\nHost: localhost\r\n\r\n"), 400);
  const std::string session = OpenSession();
  const std::string end =
      "DELETE /mcp HTTP/1.1\r\nHost: localhost\r\n" + Fields(session) + "\r\n";
  EXPECT_EQ(status(end), 204);
  EXPECT_EQ(status(end), 404);
  EXPECT_EQ(status(PostText(kPing, Fields(session))), 404);
}

TEST_F(Streams, ACallWithoutASessionEndsWithItsConnection) {
  for (int i = 0; i < 2; ++i) {  // both workers
    RawClient client = Connect();
    client.Send(McpPost("tools/call", R"("name":"slow")", "slow"));
    while (http_.endpoint().messages() < std::size_t(i) + 1) {
      std::this_thread::yield();
    }
  }
  ExpectWorkersAreFree();
}

TEST_F(Streams, ACallOfASessionOutlivesItsConnection) {
  const std::string session = OpenSession();
  {
    RawClient client = Connect();
    client.Send(PostText(R"({"jsonrpc":"2.0","id":5,"method":"tools/call",)"
                         R"("params":{"name":"slow"}})",
                         Fields(session)));
    while (http_.endpoint().messages() < 2) std::this_thread::yield();
  }
  // The id is still in use.
  RawClient client = Connect();
  client.Send(
      PostText(R"({"jsonrpc":"2.0","id":5,"method":"ping"})", Fields(session)));
  const auto response = client.Receive();
  ASSERT_TRUE(response);
  EXPECT_NE(response->body.find("not answered yet"), std::string::npos);
  client.Send(PostText(R"({"jsonrpc":"2.0","method":"notifications/cancelled",)"
                       R"("params":{"requestId":5}})",
                       Fields(session)));
  EXPECT_EQ(client.Receive()->status, 202);
  ExpectWorkersAreFree();
}

TEST_F(Streams, ProbesAnswerAnyHost) {
  RawClient client = Connect();
  client.Send("GET /healthz HTTP/1.1\r\nHost: 10.1.2.3:8085\r\n\r\n");
  EXPECT_EQ(client.Receive()->status, 200);
  client.Send("GET /readyz HTTP/1.1\r\nHost: 10.1.2.3:8085\r\n\r\n");
  EXPECT_EQ(client.Receive()->status, 200);
  http_.endpoint().Drain();
  client.Send("GET /readyz HTTP/1.1\r\nHost: 10.1.2.3:8085\r\n\r\n");
  EXPECT_EQ(client.Receive()->status, 503);
  client.Send("HEAD /healthz HTTP/1.1\r\nHost: 10.1.2.3:8085\r\n\r\n");
  EXPECT_NE(client.ReceiveUntil("\r\n\r\n").find("HTTP/1.1 200"),
            std::string::npos);
}

}  // namespace
}  // namespace pmcp::test
