#include "http/server/http_head.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace pmcp::http {
namespace {

constexpr HttpHeadLimits kLimits{
    .head_bytes = 1000, .fields = 10, .body_bytes = 100};

std::string Post(std::string_view fields) {
  return fmt::format("POST /mcp HTTP/1.1\r\nHost: a\r\n{}\r\n", fields);
}

/// Returns 0 if the head is valid.
int StatusOf(const std::string& text) {
  const auto parsed = ParseHttpHead(text, kLimits);
  const auto* refusal = std::get_if<HttpRefusal>(&parsed);
  return refusal == nullptr ? 0 : refusal->status;
}

HttpHead Read(const std::string& text) {
  auto parsed = ParseHttpHead(text, kLimits);
  EXPECT_TRUE(std::holds_alternative<HttpHead>(parsed)) << text;
  return std::get<HttpHead>(std::move(parsed));
}

TEST(HttpHead, ReadsWhatAClientSends) {
  const HttpHead head = Read(
      "POST /mcp?x=1 HTTP/1.1\r\n"
      "Host: 127.0.0.1:8085\r\n"
      "content-length: 12\r\n"
      "Mcp-Name:  a%20b \r\n"
      "Origin:\r\n"
      "\r\n");
  EXPECT_EQ(head.method, "POST");
  EXPECT_EQ(head.target, "/mcp?x=1");
  EXPECT_EQ(head.path(), "/mcp");
  EXPECT_EQ(head.content_length, 12u);
  EXPECT_FALSE(head.is_chunked);
  EXPECT_TRUE(head.keeps_alive);
  EXPECT_EQ(head.fields.Get("MCP-NAME"), "a%20b") << "as sent, not decoded";
  ASSERT_NE(head.fields.Find("Origin"), nullptr) << "empty is not absent";
  EXPECT_EQ(*head.fields.Find("Origin"), "");
}

TEST(HttpHead, KnowsHowTheConnectionGoesOn) {
  EXPECT_FALSE(
      Read(Post("Content-Length: 0\r\nConnection: close\r\n")).keeps_alive);
  EXPECT_FALSE(Read("GET /mcp HTTP/1.0\r\nHost: a\r\n\r\n").keeps_alive);
  EXPECT_TRUE(Read(Post("Transfer-Encoding: chunked\r\n")).is_chunked);
  EXPECT_TRUE(Read(Post("Content-Length: 1\r\nExpect: 100-continue\r\n"))
                  .expects_continue);
}

struct Case {
  const char* why;
  std::string text;
  int status;
};

class RefusedHead : public testing::TestWithParam<Case> {};

TEST_P(RefusedHead, HasItsStatus) {
  EXPECT_EQ(StatusOf(GetParam().text), GetParam().status) << GetParam().why;
}

INSTANTIATE_TEST_SUITE_P(
    RequestLines, RefusedHead,
    testing::Values(
        Case{"nothing", "\r\n\r\n", 400},
        Case{"two words", "POST /mcp\r\nHost: a\r\n\r\n", 400},
        Case{"four words", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Case{"no path", "GET mcp HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Case{"a whole URL", "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Case{"a method that is no token", "G(T / HTTP/1.1\r\nHost: a\r\n\r\n",
             400},
        Case{"another version", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505},
        Case{"a tab in the target", "GET /\t HTTP/1.1\r\nHost: a\r\n\r\n",
             400}));

INSTANTIATE_TEST_SUITE_P(
    Fields, RefusedHead,
    testing::Values(
        Case{"no Host", "GET / HTTP/1.1\r\n\r\n", 400},
        Case{"an empty Host", "GET / HTTP/1.1\r\nHost: \r\n\r\n", 400},
        Case{"two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n", 400},
        Case{"two Origins",
             Post("Content-Length: 1\r\nOrigin: a\r\nOrigin: "
                  "b\r\n"),
             400},
        Case{"two of one parameter",
             Post("Content-Length: 1\r\nMcp-Param-A: 1\r\nmcp-param-a: 1\r\n"),
             400},
        Case{"space before the colon", Post("Content-Length: 1\r\nX : v\r\n"),
             400},
        Case{"a folded line", Post("Content-Length: 1\r\nX: a\r\n b\r\n"), 400},
        Case{"no colon", Post("Content-Length: 1\r\nX\r\n"), 400},
        Case{"no name", Post("Content-Length: 1\r\n: v\r\n"), 400},
        Case{"a bare LF", Post("Content-Length: 1\r\nX: a\nY: b\r\n"), 400},
        Case{"a bare LF at the end", Post("Content-Length: 1\r\nX: a\n\r\n"),
             400},
        Case{"a bare CR", Post("Content-Length: 1\r\nX: a\rb\r\n"), 400},
        Case{"a NUL", Post(std::string("Content-Length: 1\r\nX: a\0b\r\n", 28)),
             400},
        Case{"a compressed body",
             Post("Content-Length: 1\r\nContent-Encoding: gzip\r\n"), 415},
        Case{"another expectation", Post("Content-Length: 1\r\nExpect: x\r\n"),
             417}));

INSTANTIATE_TEST_SUITE_P(
    Lengths, RefusedHead,
    testing::Values(
        Case{"none", Post(""), 411},
        Case{"no number", Post("Content-Length: 5abc\r\n"), 400},
        Case{"a sign", Post("Content-Length: +5\r\n"), 400},
        Case{"nothing in it", Post("Content-Length: \r\n"), 400},
        Case{"too many digits", Post("Content-Length: 0000000000001\r\n"), 400},
        Case{"two", Post("Content-Length: 5\r\nContent-Length: 5\r\n"), 400},
        Case{"a list", Post("Content-Length: 5, 5\r\n"), 400},
        Case{"the limit", Post("Content-Length: 100\r\n"), 0},
        Case{"over the limit", Post("Content-Length: 101\r\n"), 413},
        Case{"both framings",
             Post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), 400},
        Case{"another coding", Post("Transfer-Encoding: gzip, chunked\r\n"),
             400}));

TEST(HttpHead, CountsItsFields) {
  std::string fields = "Content-Length: 1\r\n";
  for (int i = 0; i < 8; ++i) fields += fmt::format("X{}: v\r\n", i);
  EXPECT_EQ(StatusOf(Post(fields)), 0) << "ten with Host";
  EXPECT_EQ(StatusOf(Post(fields + "Y: v\r\n")), 431);
}

TEST(HttpHead, BoundsItsSize) {
  const std::string start =
      "POST /mcp HTTP/1.1\r\nHost: a\r\nContent-Length: 1";
  const std::string fill(kLimits.head_bytes - start.size() - 9, 'x');
  EXPECT_EQ(StatusOf(start + "\r\nX: " + fill + "\r\n\r\n"), 0);
  EXPECT_EQ(StatusOf(start + "\r\nX: x" + fill + "\r\n\r\n"), 431);
}

}  // namespace
}  // namespace pmcp::http
