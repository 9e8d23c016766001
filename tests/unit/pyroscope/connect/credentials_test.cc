#include "pyroscope/connect/credentials.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/temp_folder.h"

namespace pmcp::pyroscope {
namespace {

std::string Authorization(const Credentials& credentials) {
  const auto headers = credentials.Headers();
  if (!headers.ok()) return headers.error().message;
  for (const http::HttpHeader& header : *headers) {
    if (header.name == "Authorization") return header.value.Reveal();
  }
  return "";
}

TEST(Credentials, ScrubsWhatWasSentWhenTheFileHasChangedSince) {
  const test::TempFolder folder;
  const std::string file = (folder.path() / "token").string();
  const Credentials credentials({.token_file = file, .named = "x"});
  for (const std::string token : {"first-token", "second-token"}) {
    folder.Write("token", token + "\n");
    EXPECT_EQ(Authorization(credentials), "Bearer " + token);
  }
  folder.Write("token", "third-token");
  EXPECT_EQ(credentials.Scrub("first-token second-token third-token!"),
            "*** *** ***!");
}

TEST(Credentials, RefusesFilesThatAreNoToken) {
  const test::TempFolder folder;
  const std::string file = (folder.path() / "token").string();
  const Credentials credentials({.token_file = file, .named = "x"});
  const auto says = [&](std::string_view what) {
    return Authorization(credentials).ends_with(what);
  };
  EXPECT_TRUE(says("cannot be read"));
  folder.Write("token", " \n");
  EXPECT_TRUE(says("is empty"));
  folder.Write("token", "a\nX-Evil: b");
  EXPECT_TRUE(says("has several lines"));
}

TEST(Credentials, ScrubsPasswordsInBothForms) {
  const Credentials credentials(
      {.username = "someone",
       .password = Redacted<std::string>("secret-password")});
  EXPECT_EQ(
      credentials.Scrub(
          "Basic c29tZW9uZTpzZWNyZXQtcGFzc3dvcmQ= secret-password someone"),
      "Basic *** *** someone");
}

}  // namespace
}  // namespace pmcp::pyroscope
