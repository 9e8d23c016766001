// The listener alone: what happens to connections, with any handler.
#include "http/server/http_listener.h"

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/http/raw_client.h"

namespace pmcp::test {
namespace {

using http::HttpListener;
using http::ServerRequest;
using http::ServerResponse;

constexpr const char* kGet = "GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n";

class Listener : public testing::Test {
 protected:
  Listener()
      : listener_({}, {.admit =
                           [](const http::ServerRequest& request) {
                             return request.path == "/refused"
                                        ? std::optional(http::ServerResponse{
                                              .status = 403,
                                              .content_type = "text/plain",
                                              .body = "no"})
                                        : std::nullopt;
                           },
                       .answer =
                           [this](const http::ServerRequest& request) {
                             return answer_(request);
                           },
                       .answered =
                           [this](const http::ServerRequest*, int status,
                                  std::size_t bytes) {
                             const std::lock_guard lock(mutex_);
                             answered_.push_back({status, bytes});
                           }}) {
    port_ = *listener_.Bind("127.0.0.1", 0);
    serving_ = std::thread([this] {
      listener_.Run();
      has_ended_ = true;
    });
    // Stop has no effect before that.
    RawClient client(port_);
    client.Send(kGet);
    client.Receive();
  }
  ~Listener() override {
    may_end_ = true;
    while (!has_ended_) {
      listener_.Stop();
      std::this_thread::yield();
    }
    serving_.join();
  }

  RawClient Connect() { return RawClient(port_); }

  /// Answers with a stream: "one", then "two" once it may end.
  void AnswerWithStream() {
    answer_ = [this](const http::ServerRequest&) {
      return http::ServerResponse{
          .content_type = "text/event-stream",
          .stream = [this,
                     has_begun = false](http::HttpStreamSink& sink) mutable {
            if (!std::exchange(has_begun, true)) return sink.Write("one");
            if (!may_end_) {
              std::this_thread::yield();
              return true;
            }
            sink.Write("two");
            return false;
          }};
    };
  }

  std::function<http::ServerResponse(const http::ServerRequest&)> answer_ =
      [](const http::ServerRequest& request) {
        return http::ServerResponse{.content_type = "text/plain",
                                    .body = "you said: " + request.body};
      };
  std::atomic<bool> may_end_{false};
  http::HttpListener listener_;
  int port_ = 0;
  std::thread serving_;
  std::atomic<bool> has_ended_{false};
  std::mutex mutex_;
  std::vector<std::pair<int, std::size_t>> answered_;
};

TEST_F(Listener, StreamsGoOnWhenItStops) {
  AnswerWithStream();
  RawClient client = Connect();
  client.Send(kGet);
  client.ReceiveUntil("3\r\none\r\n");
  listener_.Stop();
  may_end_ = true;
  EXPECT_EQ(client.ReceiveUntil("0\r\n\r\n"), "3\r\ntwo\r\n0\r\n\r\n");
  EXPECT_TRUE(client.IsClosed());
}

// As proxies send them: they support no chunks and read to the end.
TEST_F(Listener, StreamsToOldClientsEndWithTheConnection) {
  AnswerWithStream();
  may_end_ = true;
  RawClient client = Connect();
  client.Send("GET /x HTTP/1.0\r\nHost: localhost\r\n\r\n");
  const auto response = client.Receive();
  ASSERT_TRUE(response);
  EXPECT_FALSE(response->fields.contains("transfer-encoding"));
  EXPECT_EQ(client.ReceiveUntil("two"), "onetwo");
  EXPECT_TRUE(client.IsClosed());
}

TEST_F(Listener, StreamsAreToldOfWithTheirBytesAtTheirEnd) {
  AnswerWithStream();
  RawClient client = Connect();
  client.Send(kGet);
  client.ReceiveUntil("one");
  {
    const std::lock_guard lock(mutex_);
    EXPECT_EQ(answered_.size(), 1u) << "that of the constructor";
  }
  may_end_ = true;
  client.ReceiveUntil("0\r\n\r\n");
  EXPECT_TRUE(client.IsClosed());
  const std::lock_guard lock(mutex_);
  EXPECT_EQ(answered_.back(), std::pair(200, std::size_t{6}));
}

TEST_F(Listener, AnswersSayThatTheyAreTheLastOnesWhenItStops) {
  std::atomic<bool> is_asked{false};
  answer_ = [&](const http::ServerRequest&) {
    is_asked = true;
    while (!listener_.IsStopping()) std::this_thread::yield();
    return http::ServerResponse{};
  };
  RawClient client = Connect();
  client.Send(kGet);
  while (!is_asked) std::this_thread::yield();
  listener_.Stop();
  const auto response = client.Receive();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->fields.at("connection"), "close");
  EXPECT_TRUE(client.IsClosed());
}

TEST_F(Listener, CloseIsHeardAmongOtherWords) {
  for (const char* value : {"close", "TE, close", "Close ,keep-alive"}) {
    RawClient client = Connect();
    client.Send("GET /x HTTP/1.1\r\nHost: localhost\r\nConnection: " +
                std::string(value) + "\r\n\r\n");
    const auto response = client.Receive();
    ASSERT_TRUE(response);
    EXPECT_EQ(response->fields.at("connection"), "close") << value;
    EXPECT_TRUE(client.IsClosed()) << value;
  }
}

TEST_F(Listener, AnswersToHeadHaveNoBody) {
  RawClient client = Connect();
  client.Send("HEAD /x HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_TRUE(client.ReceiveUntil("\r\n\r\n").ends_with("\r\n\r\n"));
  client.Send("HEAD /refused HTTP/1.1\r\nHost: localhost\r\n\r\n");
  const std::string all = client.ReceiveUntil("\r\n\r\n");
  EXPECT_TRUE(all.starts_with("HTTP/1.1 403 ")) << all;
  EXPECT_TRUE(all.ends_with("\r\n\r\n")) << all;
  EXPECT_TRUE(client.IsClosed());
}

// RFC 9110, 10.1.1: an HTTP/1.0 client gets no interim response.
TEST_F(Listener, OldClientsAreNotToldToGoOn) {
  RawClient client = Connect();
  client.Send(
      "POST /x HTTP/1.0\r\nHost: localhost\r\nContent-Length: 2\r\n"
      "Expect: 100-continue\r\n\r\nhi");
  const auto response = client.Receive();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 200);
  EXPECT_EQ(response->body, "you said: hi");
}

TEST_F(Listener, ChunkedBodiesAreThoseOfAnyMethod) {
  for (const char* method : {"POST", "GET", "DELETE"}) {
    RawClient client = Connect();
    client.Send(std::string(method) +
                " /x HTTP/1.1\r\nHost: localhost\r\n"
                "Transfer-Encoding: chunked\r\n\r\n"
                "2\r\nhi\r\n0\r\n\r\n");
    const std::string all = client.ReceiveUntil("you said: hi");
    EXPECT_TRUE(all.starts_with("HTTP/1.1 200 OK\r\n")) << all;
    EXPECT_EQ(all.find("Connection: close"), all.rfind("Connection: close"));
    EXPECT_TRUE(client.IsClosed());
  }
}

TEST_F(Listener, ExpectationsOfChunkedBodiesAreMet) {
  RawClient client = Connect();
  client.Send(
      "POST /x HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
      "Transfer-Encoding: chunked\r\n\r\n");
  EXPECT_EQ(client.Receive()->status, 100);
  client.Send("2\r\nhi\r\n0\r\n\r\n");
  EXPECT_EQ(client.Receive()->body, "you said: hi");
}

TEST_F(Listener, ABodyCutShortIsAnswered400) {
  RawClient client = Connect();
  client.Send(
      "POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhi");
  client.CloseSending();
  EXPECT_EQ(client.Receive()->status, 400);
  EXPECT_TRUE(client.IsClosed());
}

// A peer that has closed only its sending side, as "nc -N" does.
TEST_F(Listener, AHalfClosedClientGetsWhatIsAnsweredAtOnce) {
  RawClient client = Connect();
  client.Send(kGet);
  client.CloseSending();
  EXPECT_EQ(client.Receive()->body, "you said: ");
  EXPECT_TRUE(client.IsClosed());
}

TEST_F(Listener, BodiesOfGetAreNotTheNextRequest) {
  RawClient client = Connect();
  client.Send(
      "GET /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\nhi" +
      std::string(kGet));
  EXPECT_EQ(client.Receive()->body, "you said: hi");
  EXPECT_EQ(client.Receive()->body, "you said: ");
}

}  // namespace
}  // namespace pmcp::test
