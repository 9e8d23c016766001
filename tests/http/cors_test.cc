// The CORS headers for pages of allowed and of other origins.
#include <gtest/gtest.h>

#include <string>

#include "tests/http/raw_client.h"
#include "tests/support/http_server.h"
#include "tests/support/toy_server.h"

namespace pmcp::test {
namespace {

constexpr const char* kListed = "https://app.example.com";
constexpr const char* kAllowOrigin = "access-control-allow-origin";

class Cors : public testing::Test {
 protected:
  Cors()
      : toy_(ToyInfo(), ToyTools(), ToyOptions()),
        http_(toy_, {},
              {.guard = {.allowed_origins = {kListed},
                         .token = Redacted<std::string>("a token")}}) {}

  RawResponse Ask(const std::string& text) {
    RawClient client(http_.port());
    client.Send(text);
    return client.Receive().value_or(RawResponse{});
  }
  RawResponse AskFrom(const std::string& origin,
                      const std::string& fields = "") {
    return Ask(PostText(R"({"jsonrpc":"2.0","id":1,"method":"ping"})",
                        "Origin: " + origin + "\r\n" + fields));
  }
  RawResponse AskBefore(const std::string& origin) {
    return Ask("OPTIONS /mcp HTTP/1.1\r\nHost: localhost\r\nOrigin: " + origin +
               "\r\nAccess-Control-Request-Method: POST\r\n\r\n");
  }

  server::Server toy_;
  HttpTestServer http_;
};

TEST_F(Cors, BrowsersLearnWhatListedPagesMaySend) {
  const auto response = AskBefore(kListed);
  EXPECT_EQ(response.status, 204);
  EXPECT_EQ(response.fields.at(kAllowOrigin), kListed);
  EXPECT_NE(response.fields.at("access-control-allow-methods").find("DELETE"),
            std::string::npos);
  EXPECT_NE(response.fields.at("access-control-allow-headers").find("Mcp-Name"),
            std::string::npos);
}

TEST_F(Cors, ListedPagesReadAnswers) {
  const auto response = AskFrom(kListed, "Authorization: Bearer a token\r\n");
  EXPECT_EQ(response.fields.at(kAllowOrigin), kListed);
  EXPECT_EQ(response.fields.at("vary"), "Origin");
}

// Otherwise the page could only show that the request failed.
TEST_F(Cors, ListedPagesReadRefusals) {
  const auto response = AskFrom(kListed);
  EXPECT_EQ(response.status, 401);
  EXPECT_EQ(response.fields.at(kAllowOrigin), kListed);
  EXPECT_NE(response.fields.at("access-control-expose-headers")
                .find("WWW-Authenticate"),
            std::string::npos);
}

TEST_F(Cors, OtherPagesReadNothing) {
  for (const char* origin : {"https://app.example.com.evil.com", "null"}) {
    for (const auto& response : {AskFrom(origin), AskBefore(origin)}) {
      EXPECT_EQ(response.status, 403) << origin;
      EXPECT_FALSE(response.fields.contains(kAllowOrigin)) << origin;
    }
  }
}

}  // namespace
}  // namespace pmcp::test
