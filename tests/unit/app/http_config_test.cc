#include "app/http_config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "tests/support/temp_folder.h"

namespace pmcp::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// The defaults of the option table.
HttpTexts Usual() {
  return {.listen = "127.0.0.1:8085",
          .path = "/mcp",
          .token_file = "",
          .allowed_hosts = "",
          .allowed_origins = "",
          .metrics_listen = "",
          .max_connections = "256",
          .max_streams = "128",
          .max_sessions = "1000",
          .session_idle = "30m",
          .rate_limit = "50"};
}

std::vector<std::string> ProblemsOf(const HttpTexts& texts) {
  std::vector<std::string> problems;
  ReadHttp(texts, problems);
  return problems;
}

class HttpConfigTest : public testing::Test {
 protected:
  std::string TokenFile(const std::string& text) {
    const auto path = folder_.path() / "token";
    std::ofstream(path, std::ios::binary) << text;
    return path.string();
  }

  test::TempFolder folder_;
};

TEST_F(HttpConfigTest, ThisMachineNeedsNothing) {
  for (const char* address : {"127.0.0.1:0", "[::1]:8085", "localhost:65535"}) {
    HttpTexts texts = Usual();
    texts.listen = address;
    EXPECT_THAT(ProblemsOf(texts), IsEmpty()) << address;
  }
}

TEST_F(HttpConfigTest, OtherAddressesNeedATokenAndNames) {
  for (const char* address :
       {":8085", "0.0.0.0:8085", "[::]:8085", "10.0.0.1:80", "a.b:80"}) {
    HttpTexts texts = Usual();
    texts.listen = address;
    EXPECT_THAT(ProblemsOf(texts),
                ElementsAre(HasSubstr("PMCP_HTTP_TOKEN_FILE"),
                            HasSubstr("--allowed-hosts")))
        << address;
    texts.token_file = TokenFile("0123456789abcdef\n");
    texts.allowed_hosts = "profiles.example.com, *";
    EXPECT_THAT(ProblemsOf(texts), IsEmpty()) << address;
  }
}

TEST_F(HttpConfigTest, TokensAreReadWithoutTheirLineEnd) {
  HttpTexts texts = Usual();
  texts.token_file = TokenFile("  0123456789abcdef\r\n");
  std::vector<std::string> problems;
  EXPECT_EQ(ReadHttp(texts, problems).token.Reveal(), "0123456789abcdef");
  EXPECT_THAT(problems, IsEmpty());
}

TEST_F(HttpConfigTest, TokensThatCanBeGuessedAreRefused) {
  for (const std::string& token :
       {std::string(), std::string("0123456789abcde"),
        std::string(5000, 'x')}) {
    HttpTexts texts = Usual();
    texts.token_file = TokenFile(token);
    EXPECT_THAT(ProblemsOf(texts), ElementsAre(HasSubstr("openssl rand")));
  }
  HttpTexts texts = Usual();
  texts.token_file = (folder_.path() / "absent").string();
  EXPECT_THAT(ProblemsOf(texts), ElementsAre(HasSubstr("openssl rand")));
}

TEST_F(HttpConfigTest, AddressesAreAnAddressAndAPort) {
  for (const char* address :
       {"", "8085", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "::1:80",
        "127.0.0.1:-1", "http://127.0.0.1:80"}) {
    HttpTexts texts = Usual();
    texts.metrics_listen = "127.0.0.1:1";
    texts.listen = address;
    EXPECT_THAT(ProblemsOf(texts), testing::Contains(HasSubstr("--listen is")))
        << address;
  }
}

TEST_F(HttpConfigTest, StreamsLeaveConnectionsForCalls) {
  HttpTexts texts = Usual();
  texts.max_streams = "256";
  EXPECT_THAT(ProblemsOf(texts), ElementsAre(HasSubstr("--max-streams is 256 "
                                                       "and --max-connections "
                                                       "256")));
  texts.max_streams = "255";
  EXPECT_THAT(ProblemsOf(texts), IsEmpty());
  texts.max_connections = "no number";
  EXPECT_THAT(ProblemsOf(texts),
              ElementsAre(HasSubstr("--max-connections is")));
}

}  // namespace
}  // namespace pmcp::app
