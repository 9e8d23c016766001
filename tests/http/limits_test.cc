// Clients that use too much: slow, many, large, half closed. After each of them
// the server still serves others.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "app/process_limits.h"
#include "tests/http/toy_over_http.h"

namespace pmcp::test {
namespace {

using std::chrono::milliseconds;
using Limits = ToyOverHttp;

TEST_F(Limits, HeadsAreBounded) {
  const std::string start = "GET /mcp HTTP/1.1\r\nHost: localhost\r\n";
  EXPECT_EQ(RefusedWith(start + "X: " + std::string(20'000, 'x') + "\r\n\r\n"),
            431);
  std::string many = start;
  for (int i = 0; i < 200; ++i) many += fmt::format("X{}: 1\r\n", i);
  EXPECT_EQ(RefusedWith(many + "\r\n"), 431);
  ExpectStillServes();
}

// A million fields: the server stops reading long before the end.
TEST_F(Limits, EndlessHeadsAreCutOff) {
  RawClient client = Connect();
  client.Send("GET /mcp HTTP/1.1\r\nHost: localhost\r\n");
  bool taken = true;
  for (int i = 0; i < 1'000'000 && taken; ++i) taken = client.Send("X: 1\r\n");
  EXPECT_FALSE(taken);
  ExpectStillServes();
}

TEST_F(Limits, SlowHeadsAreCutOff) {
  RawClient client = Connect();
  client.Send("POST /mcp HTTP/1.1\r\nHost: loc");
  const auto response = client.Receive();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 408);
  EXPECT_TRUE(client.IsClosed());
}

// Single bytes do not extend the time limit.
TEST_F(Limits, TricklingHeadsAreCutOff) {
  RawClient client = Connect();
  bool taken = true;
  for (int i = 0; i < 200 && taken; ++i) {
    taken = client.Send("P") && !client.IsClosed(milliseconds(20));
  }
  EXPECT_FALSE(taken);
  ExpectStillServes();
}

TEST_F(Limits, SlowBodiesAreCutOff) {
  RawClient client = Connect();
  const std::string text = McpPost("tools/list");
  client.Send(text.substr(0, text.size() - 1));
  const auto response = client.Receive();
  EXPECT_TRUE(!response || response->status >= 400);
  EXPECT_TRUE(client.IsClosed());
  ExpectStillServes();
}

TEST_F(Limits, ALargeBodyIsRefusedByItsLength) {
  EXPECT_EQ(RefusedWith("POST /mcp HTTP/1.1\r\nHost: localhost\r\n"
                        "Content-Type: application/json\r\n"
                        "Content-Length: 1073741824\r\n\r\n"),
            413);
}

TEST_F(Limits, IdleConnectionsEnd) {
  RawClient client = Connect();
  client.Send(McpPost("tools/list"));
  ASSERT_TRUE(client.Receive());
  EXPECT_TRUE(client.IsClosed()) << "after the idle time";
}

TEST_F(Limits, MoreConnectionsThanThereAreAreToldToComeBack) {
  std::vector<RawClient> clients;
  for (int i = 0; i < 16; ++i) {
    clients.push_back(Connect());
    // An incomplete head: the connection is busy, not idle.
    clients.back().Send("POST");
  }
  while (http_.listener().open_connections() < 16) std::this_thread::yield();
  RawClient one_more = Connect();
  const auto response = one_more.Receive();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 503);
  EXPECT_EQ(response->fields.at("retry-after"), "1");
  clients.clear();
  while (http_.listener().open_connections() > 0) std::this_thread::yield();
  ExpectStillServes();
}

TEST_F(Limits, IdleConnectionsMakeRoom) {
  std::vector<RawClient> idle;
  for (int i = 0; i < 16; ++i) {
    idle.push_back(Connect());
    idle.back().Send(McpPost("tools/list"));
    ASSERT_TRUE(idle.back().Receive());
  }
  // Refused once or twice, and served as soon as an idle connection is closed.
  int status = 0;
  while (status != 200) {
    RawClient client = Connect();
    client.Send(McpPost("tools/list"));
    const auto response = client.Receive();
    if (response) status = response->status;
    ASSERT_TRUE(status == 200 || status == 503 || status == 0);
  }
}

/// The allowed growth of the process: pool threads stay, with the stack pages
/// that they have touched. Sanitizers keep freed memory.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::size_t kKeptKilobytes = 160'000;
constexpr int kLargeBodies = 5;  // more are kept aside than can be told
#else
constexpr std::size_t kKeptKilobytes = 32'000;
constexpr int kLargeBodies = 60;
#endif

std::size_t ResidentKilobytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) {
      return static_cast<std::size_t>(std::atoll(line.c_str() + 6));
    }
  }
  return 0;
}

TEST_F(Limits, TenThousandConnectionsLeaveNothingBehind) {
  ExpectStillServes();
  const std::size_t before = ResidentKilobytes();
  for (int round = 0; round < 100; ++round) {
    std::vector<RawClient> clients;
    for (int i = 0; i < 100; ++i) {
      clients.push_back(Connect());
      clients.back().Send("POST /mcp HTTP/1.1\r\n");
    }
  }
  while (http_.listener().open_connections() > 0) std::this_thread::yield();
  ExpectStillServes();
  EXPECT_LT(ResidentKilobytes(), before + kKeptKilobytes);
}

class LargeBodies : public ToyOverHttp {
 protected:
  static constexpr std::size_t kBody = std::size_t{3} << 20;
  LargeBodies() : ToyOverHttp({.max_connections = 64}) {
    app::BoundFreedMemory();  // as the program does
  }
};

TEST_F(LargeBodies, AreNotHeldByIdleConnections) {
  ExpectStillServes();
  const std::size_t before = ResidentKilobytes();
  const std::string text = PostText(std::string(kBody, ' '));
  std::vector<RawClient> idle;
  for (int i = 0; i < kLargeBodies; ++i) {
    idle.push_back(Connect());
    ASSERT_TRUE(idle.back().Send(text));
    const auto response = idle.back().Receive();
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 400);
  }
  EXPECT_EQ(http_.listener().open_connections(), idle.size());
  EXPECT_LT(ResidentKilobytes(), before + kKeptKilobytes);
}

TEST_F(Limits, ReadersThatDoNotReadAreCutOff) {
  RawClient client = Connect();
  // Answers of about 2 kB to more requests than the socket buffers hold.
  const std::string request = McpPost("tools/list");
  bool taken = true;
  for (int i = 0; i < 20'000 && taken; ++i) taken = client.Send(request);
  EXPECT_FALSE(taken);
  ExpectStillServes();
}

TEST_F(Limits, CallersAreLimitedInTheirRate) {
  server::Server toy(ToyInfo(), ToyTools(), ToyOptions());
  HttpTestServer limited(toy, {}, {.rate = {.per_second = 0.001, .burst = 2}});
  RawClient client(limited.port());
  const auto call = [&] {
    client.Send(McpPost("tools/call",
                        R"("name":"echo","arguments":{"text":"x"})", "echo"));
    return client.Receive();
  };
  EXPECT_EQ(call()->status, 200);
  EXPECT_EQ(call()->status, 200);
  const auto refused = call();
  EXPECT_EQ(refused->status, 429);
  EXPECT_TRUE(refused->fields.contains("retry-after"));
  EXPECT_NE(refused->body.find("rate limited"), std::string::npos);
  client.Send(McpPost("tools/list"));
  EXPECT_EQ(client.Receive()->status, 200) << "asking what there is is free";
}

// Sessions are bounded: opening many closes others.
TEST_F(Limits, SessionsAreOpenedAtALimitedRate) {
  server::Server toy(ToyInfo(), ToyTools(), ToyOptions());
  HttpTestServer limited(toy, {}, {.rate = {.per_second = 0.001, .burst = 2}});
  RawClient client(limited.port());
  const auto open = [&] {
    client.Send(PostText(kInitialize));
    return client.Receive()->status;
  };
  EXPECT_EQ(open(), 200);
  EXPECT_EQ(open(), 200);
  EXPECT_EQ(open(), 429);
}

TEST_F(Limits, WhatHappensIsCounted) {
  server::Server toy(ToyInfo(), ToyTools(), ToyOptions());
  Metrics metrics;
  {
    HttpTestServer counted(toy, {}, {.metrics = &metrics});
    RawClient client(counted.port());
    const auto send = [&](const std::string& text) {
      client.Send(text);
      ASSERT_TRUE(client.Receive());
    };
    send(McpPost("tools/list"));
    send(McpPost("tools/call", R"("name":"echo","arguments":{"text":"x"})",
                 "echo"));
    send(McpPost("tools/call", R"("name":"fail")", "fail"));
    send(McpPost("tools/call", R"("name":"chosen by a stranger")",
                 "chosen by a stranger"));
    send(McpPost("chosen/by/a/stranger"));
  }
  const std::string page = metrics.Page();
  for (
      const char* line :
      {R"(pmcp_requests_total{method="tools/list",tool="",outcome="ok"} 1)",
       R"(pmcp_requests_total{method="tools/call",tool="echo",outcome="ok"} 1)",
       R"({method="tools/call",tool="fail",outcome="not_found"} 1)",
       R"({method="tools/call",tool="",outcome="error"} 1)",
       R"({method="unknown",tool="",outcome="error"} 1)",
       R"(pmcp_request_seconds_count{method="tools/call",tool="echo"} 1)"}) {
    EXPECT_NE(page.find(line), std::string::npos) << line << "\n" << page;
  }
  EXPECT_EQ(page.find("stranger"), std::string::npos);
}

}  // namespace
}  // namespace pmcp::test
