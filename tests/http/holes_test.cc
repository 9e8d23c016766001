// Requests that older versions of the HTTP library handle wrongly. Each of them
// failed without the checks of this server.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "tests/http/toy_over_http.h"

namespace pmcp::test {
namespace {

using Holes = ToyOverHttp;

std::string ListTools(const std::string& fields) {
  std::string text = McpPost("tools/list");
  return text.insert(text.find("Content-Type"), fields);
}

TEST_F(Holes, ValuesArriveAsTheyWereSent) {
  // Decoded it would be "tools/list" and equal the body.
  std::string text = McpPost("tools/list");
  text.replace(text.find("Mcp-Method: tools/list"), 22,
               "Mcp-Method: tools%2Flist");
  RawClient client = Connect();
  client.Send(text);
  const auto response = client.Receive();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 400);
  EXPECT_NE(response->body.find("-32020"), std::string::npos);
}

TEST_F(Holes, HiddenLineEndsStayHidden) {
  RawClient client = Connect();
  client.Send(ListTools("X: a%0d%0aOrigin: http://evil%00\r\n"));
  const auto response = client.Receive();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 200) << "nothing was decoded";
}

TEST_F(Holes, AmbiguousHeadsAreRefused) {
  EXPECT_EQ(RefusedWith(ListTools("Origin: http://localhost\r\n"
                                  "Origin: http://localhost\r\n")),
            400);
  EXPECT_EQ(RefusedWith(ListTools("Origin:\r\n")), 403)
      << "an empty value is no absent one";
  EXPECT_EQ(RefusedWith(ListTools("X: 1\nY: 2\r\n")), 400);
  EXPECT_EQ(RefusedWith(ListTools("X : 1\r\n")), 400);
  EXPECT_EQ(RefusedWith(ListTools("Transfer-Encoding: chunked\r\n")), 400);
  EXPECT_EQ(RefusedWith(ListTools("Content-Length: 5\r\n")), 400);
  EXPECT_EQ(RefusedWith("POST /mcp HTTP/1.1\r\nHost: localhost\r\n"
                        "Transfer-Encoding: gzip, chunked\r\n\r\n"),
            400);
  EXPECT_EQ(RefusedWith("POST /mcp HTTP/1.1\r\nHost: localhost\r\n"
                        "Content-Length: 5abc\r\n\r\nhello"),
            400);
  ExpectStillServes();
}

TEST_F(Holes, ABodyWithoutALengthIsRefusedAtOnce) {
  EXPECT_EQ(RefusedWith("POST /mcp HTTP/1.1\r\nHost: localhost\r\n"
                        "Content-Type: application/json\r\n\r\n"),
            411);
}

TEST_F(Holes, BodiesAreBounded) {
  EXPECT_EQ(RefusedWith(PostText(std::string(100'001, ' '))), 413);
  std::string chunked =
      "POST /mcp HTTP/1.1\r\nHost: localhost\r\n"
      "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
  const std::string chunk = "4000\r\n" + std::string(0x4000, ' ') + "\r\n";
  for (int i = 0; i < 7; ++i) chunked += chunk;
  EXPECT_EQ(RefusedWith(chunked + "0\r\n\r\n"), 413);
  ExpectStillServes();
}

TEST_F(Holes, ChunkedBodiesAreRead) {
  const std::string text = McpPost("tools/list");
  const auto split = text.find("\r\n\r\n") + 4;
  const std::string body = text.substr(split);
  std::string head = text.substr(0, split);
  const auto length = head.find("Content-Length: ");
  head.replace(length, head.find("\r\n", length) - length,
               "Transfer-Encoding: chunked");
  RawClient client = Connect();
  client.Send(head + fmt::format("{:x}\r\n", 10) + body.substr(0, 10) + "\r\n");
  client.Send(fmt::format("{:x};x=1\r\n", body.size() - 10));
  client.Send(body.substr(10) + "\r\n0\r\n\r\n");
  const auto response = client.Receive();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 200);
}

TEST_F(Holes, TornChunksEndTheConnection) {
  const std::string head =
      "POST /mcp HTTP/1.1\r\nHost: localhost\r\n"
      "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (const char* body : {"zz\r\n", "ffffffffffffffffffff\r\nx", "-1\r\nx\r\n",
                           "5\r\nhel", "5\r\nhelloXX0\r\n\r\n"}) {
    RawClient client = Connect();
    client.Send(head + body);
    client.CloseSending();
    const auto response = client.Receive();
    EXPECT_TRUE(!response || response->status == 400) << body;
    EXPECT_TRUE(client.IsClosed()) << body;
  }
  ExpectStillServes();
}

TEST_F(Holes, CompressedBodiesAreRefused) {
  EXPECT_EQ(RefusedWith(ListTools("Content-Encoding: gzip\r\n")), 415);
}

// The body of a refused request must never be parsed as the next request.
TEST_F(Holes, ARefusedBodyIsNoRequest) {
  const std::string smuggled = McpPost("tools/list");
  for (const bool at_once : {true, false}) {
    RawClient client = Connect();
    const std::string text = fmt::format(
        "POST /mcp HTTP/1.1\r\nHost: evil\r\n"
        "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        smuggled.size());
    client.Send(text);
    if (at_once) client.Send(smuggled);
    const auto response = client.Receive();
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 403);
    if (!at_once) client.Send(smuggled);
    EXPECT_FALSE(client.Receive()) << "exactly one answer";
  }
}

TEST_F(Holes, OtherPathsAndMethodsAreRefused) {
  const auto status = [&](const std::string& method, const std::string& path) {
    return RefusedWith(method + " " + path +
                       " HTTP/1.1\r\nHost: localhost\r\n"
                       "Content-Length: 0\r\n\r\n");
  };
  EXPECT_EQ(status("POST", "/"), 404);
  EXPECT_EQ(status("POST", "/mc%70"), 404) << "paths are not decoded";
  EXPECT_EQ(status("POST", "/mcp/x"), 404);
  EXPECT_EQ(status("POST", "/mcp//"), 404);
  // A slash at the end is the endpoint, which wants another Content-Type.
  EXPECT_EQ(status("POST", "/mcp/"), 415);
  for (const char* method :
       {"PUT", "PATCH", "TRACE", "CONNECT", "OPTIONS", "NONSENSE"}) {
    EXPECT_EQ(status(method, "/mcp"), 405) << method;
  }
}

TEST_F(Holes, RangesCutNothing) {
  RawClient client = Connect();
  client.Send(ListTools("Range: bytes=0-4\r\n"));
  const auto response = client.Receive();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 200);
  EXPECT_GT(response->body.size(), 100u);
  EXPECT_FALSE(response->fields.contains("content-range"));
}

TEST_F(Holes, AnswersAreNotCompressed) {
  RawClient client = Connect();
  client.Send(ListTools("Accept-Encoding: gzip, br\r\n"));
  const auto response = client.Receive();
  ASSERT_TRUE(response);
  EXPECT_FALSE(response->fields.contains("content-encoding"));
}

TEST_F(Holes, RequestsInOnePacketAreAnsweredInTheirOrder) {
  RawClient client = Connect();
  client.Send(McpPost("tools/list") +
              McpPost("tools/call", R"("name":"no_such")", "no_such"));
  const auto first = client.Receive();
  const auto second = client.Receive();
  ASSERT_TRUE(first && second);
  EXPECT_NE(first->body.find("\"tools\""), std::string::npos);
  EXPECT_NE(second->body.find("no_such"), std::string::npos);
}

TEST_F(Holes, RequestsMayComeByteByByte) {
  RawClient client = Connect();
  for (const char c : McpPost("tools/list")) client.Send({&c, 1});
  const auto response = client.Receive();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 200);
}

TEST_F(Holes, AToolThatThrowsIsAnError) {
  RawClient client = Connect();
  client.Send(McpPost("tools/call",
                      R"("name":"fail","arguments":{"kind":"throw"})", "fail"));
  const auto response = client.Receive();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 200);
  EXPECT_NE(response->body.find("\"isError\":true"), std::string::npos);
  EXPECT_EQ(response->body.find("a secret detail"), std::string::npos);
}

TEST_F(Holes, APortHasOneServer) {
  http::HttpListener second(
      {}, {.admit = [](const http::ServerRequest&) { return std::nullopt; },
           .answer = [](const http::ServerRequest&) -> http::ServerResponse {
             return {};
           },
           .answered = [](const http::ServerRequest*, int, std::size_t) {}});
  const auto port = second.Bind("127.0.0.1", http_.port());
  ASSERT_FALSE(port.ok());
  EXPECT_EQ(port.error().kind, ErrorKind::kUnavailable);
}

TEST_F(Holes, ExpectationsAreMet) {
  std::string text = ListTools("Expect: 100-continue\r\n");
  const auto split = text.find("\r\n\r\n") + 4;
  RawClient client = Connect();
  client.Send(text.substr(0, split));
  const auto go_on = client.Receive();
  ASSERT_TRUE(go_on);
  EXPECT_EQ(go_on->status, 100);
  client.Send(text.substr(split));
  const auto response = client.Receive();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 200);
}

}  // namespace
}  // namespace pmcp::test
