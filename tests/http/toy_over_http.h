// ToyOverHttp: the toy server over HTTP, with limits that a test can reach.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "tests/http/raw_client.h"
#include "tests/support/http_server.h"
#include "tests/support/toy_server.h"

namespace pmcp::test {

inline constexpr const char* kInitialize =
    R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":)"
    R"({"protocolVersion":"2025-11-25","capabilities":{},)"
    R"("clientInfo":{"name":"c","version":"1"}}})";
inline constexpr const char* kPing =
    R"({"jsonrpc":"2.0","id":2,"method":"ping"})";

class ToyOverHttp : public testing::Test {
 protected:
  static http::HttpListenerOptions SmallLimits() {
    http::HttpListenerOptions options;
    options.wire.head.body_bytes = 100'000;
    options.wire.head_time = std::chrono::milliseconds(400);
    options.wire.body_time = std::chrono::milliseconds(400);
    options.wire.write_time = std::chrono::milliseconds(400);
    options.idle_time = std::chrono::milliseconds(600);
    options.max_connections = 16;
    return options;
  }

  explicit ToyOverHttp(http::HttpListenerOptions listener = SmallLimits(),
                       server::HttpEndpointOptions endpoint = {})
      : toy_(ToyInfo(), ToyTools(), ToyOptions()),
        http_(toy_, listener, std::move(endpoint)) {}

  RawClient Connect() { return RawClient(http_.port()); }

  /// The id of a new session.
  std::string OpenSession() {
    RawClient client = Connect();
    client.Send(PostText(kInitialize));
    const auto response = client.Receive();
    return response ? response->fields.at("mcp-session-id") : "";
  }

  /// Checks that a new client is served. It retries after 503, since closed
  /// connections may still be queued.
  void ExpectStillServes() {
    int status = 503;
    for (int tries = 0; status == 503 && tries < 1000; ++tries) {
      RawClient client = Connect();
      client.Send(McpPost("tools/list"));
      const auto response = client.Receive();
      // A refused connection may be reset before its response is read.
      status = response ? response->status : 503;
    }
    EXPECT_EQ(status, 200);
  }

  /// The status of the only answer to `text`, after which the server closes.
  int RefusedWith(const std::string& text) {
    RawClient client = Connect();
    client.Send(text);
    const auto response = client.Receive();
    if (!response) return 0;
    EXPECT_TRUE(client.IsClosed()) << text.substr(0, 200);
    return response->status;
  }

  server::Server toy_;
  HttpTestServer http_;
};

}  // namespace pmcp::test
