#include "http/server/http_guard.h"

#include <gtest/gtest.h>

#include <string>

namespace pmcp::http {
namespace {

HttpFields Fields(const std::string& name, const std::string& value) {
  HttpFields fields;
  fields.Add(name, value);
  return fields;
}

bool TakesHost(const HttpGuard& guard, const std::string& host) {
  return !guard.CheckHost(Fields("Host", host));
}

bool TakesOrigin(const HttpGuard& guard, const std::string& origin) {
  return !guard.CheckOrigin(Fields("Origin", origin));
}

TEST(HttpGuard, TakesTheNamesOfThisMachine) {
  const HttpGuard guard({});
  for (const char* host : {"localhost", "LOCALHOST:1", "127.0.0.1",
                           "127.0.0.1:8085", "[::1]", "[::1]:1"}) {
    EXPECT_TRUE(TakesHost(guard, host)) << host;
  }
}

// What a page sends whose name was made to point at this machine.
TEST(HttpGuard, RefusesEveryOtherName) {
  const HttpGuard guard({});
  for (const char* host :
       {"", "evil.example.com", "localhost.evil.com", "127.0.0.1.nip.io",
        "127.0.0.1.evil.com:80", "user@localhost", "localhost:80@evil.com",
        "localhost:", "localhost:x", "localhost:123456", "[::1", "::1", "[::2]",
        "0.0.0.0", "127.0.0.1/", "localhost localhost"}) {
    EXPECT_FALSE(TakesHost(guard, host)) << host;
  }
}

TEST(HttpGuard, TakesNamesThatAreListed) {
  const HttpGuard guard({.allowed_hosts = {"profiles.example.com"}});
  EXPECT_TRUE(TakesHost(guard, "Profiles.example.com:443"));
  EXPECT_FALSE(TakesHost(guard, "x.profiles.example.com"));
  const HttpGuard open({.allowed_hosts = {"*"}});
  EXPECT_TRUE(TakesHost(open, "anything"));
  EXPECT_FALSE(TakesHost(open, "a@b")) << "any name is still a name";
}

TEST(HttpGuard, SaysWhatToSet) {
  const auto refused = HttpGuard({}).CheckHost(Fields("Host", "a.b"));
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->status, 403);
  EXPECT_EQ(refused->body,
            "Host \"a.b\" is not allowed; the operator can allow it with "
            "--allowed-hosts\n");
}

TEST(HttpGuard, OriginMayBeAbsentOrOfThisMachine) {
  const HttpGuard guard({});
  EXPECT_FALSE(guard.CheckOrigin({}));
  for (const char* origin : {"http://localhost", "http://localhost:6274",
                             "https://127.0.0.1:1", "http://[::1]:1"}) {
    EXPECT_TRUE(TakesOrigin(guard, origin)) << origin;
  }
}

TEST(HttpGuard, RefusesOtherOrigins) {
  const HttpGuard guard({});
  for (const char* origin :
       {"", "null", "http://evil.example.com", "http://localhost.evil.com",
        "http://127.0.0.1.nip.io", "file://", "localhost",
        "http://localhost:1@evil.com", "ftp://localhost"}) {
    EXPECT_FALSE(TakesOrigin(guard, origin)) << origin;
  }
}

TEST(HttpGuard, OnlyListedOriginsReadAnswersFromElsewhere) {
  const HttpGuard guard({.allowed_origins = {"https://app.example.com"}});
  ServerResponse response;
  guard.AddCors(Fields("Origin", "http://localhost"), response);
  EXPECT_TRUE(response.fields.all().empty());
  guard.AddCors(Fields("Origin", "https://app.example.com"), response);
  EXPECT_EQ(response.fields.Get("Access-Control-Allow-Origin"),
            "https://app.example.com");
}

TEST(HttpGuard, AsksForTheTokenWhenThereIsOne) {
  EXPECT_FALSE(HttpGuard({}).CheckToken({}));
  const HttpGuard guard({.token = Redacted<std::string>("s3cret")});
  EXPECT_FALSE(guard.CheckToken(Fields("Authorization", "Bearer s3cret")));
  EXPECT_FALSE(guard.CheckToken(Fields("authorization", "bearer  s3cret")));
  for (const char* value : {"", "s3cret", "Bearer", "Bearer ", "Bearer s3cre",
                            "Bearer s3crett", "Basic s3cret", "Bearer x"}) {
    const auto refused = guard.CheckToken(Fields("Authorization", value));
    ASSERT_TRUE(refused) << value;
    EXPECT_EQ(refused->status, 401);
    EXPECT_TRUE(refused->fields.Get("WWW-Authenticate").starts_with("Bearer"));
  }
}

}  // namespace
}  // namespace pmcp::http
