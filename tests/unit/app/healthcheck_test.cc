#include "app/healthcheck.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "tests/support/hostile_server.h"

namespace pmcp::app {
namespace {

using testing::HasSubstr;

int Check(const std::string& url) {
  Config config;
  config.healthcheck_url = url;
  return RunHealthcheck(config);
}

std::string Reply(const std::string& status, const std::string& body) {
  return "HTTP/1.1 " + status +
         "\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\nConnection: close\r\n\r\n" + body;
}

TEST(Healthcheck, IsSilentAboutAServerThatIsWell) {
  const test::HostileServer server({{Reply("200 OK", "ok")}});
  testing::internal::CaptureStderr();
  EXPECT_EQ(Check(server.url() + "/healthz"), kExitOk);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  ASSERT_EQ(server.requests().size(), 1U);
  EXPECT_THAT(server.requests()[0], testing::StartsWith("GET /healthz HTTP/"));
}

TEST(Healthcheck, SaysWhatAServerAnswersThatIsNotWell) {
  const test::HostileServer server(
      {{Reply("503 Service Unavailable", "draining\x1b[2J")}});
  testing::internal::CaptureStderr();
  EXPECT_EQ(Check(server.url()), kExitFailure);
  const std::string said = testing::internal::GetCapturedStderr();
  EXPECT_THAT(said, HasSubstr("503"));
  EXPECT_THAT(said, HasSubstr("draining"));
  EXPECT_THAT(said, testing::Not(HasSubstr("\x1b")));
}

TEST(Healthcheck, SaysThatNobodyAnswers) {
  std::string url;
  {
    const test::HostileServer gone({{""}});
    url = gone.url();
  }
  testing::internal::CaptureStderr();
  EXPECT_EQ(Check(url), kExitFailure);
  EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr(url));
}

TEST(Healthcheck, AsksNoProxy) {
  const test::HostileServer server({{Reply("200 OK", "ok")}});
  const test::HostileServer proxy({{Reply("502 Bad Gateway", "proxy")}});
  ::unsetenv("no_proxy");
  ::setenv("http_proxy", proxy.url().c_str(), 1);
  EXPECT_EQ(Check(server.url()), kExitOk);
  ::unsetenv("http_proxy");
  EXPECT_TRUE(proxy.requests().empty());
}

}  // namespace
}  // namespace pmcp::app
