#include "http/server/response_head.h"

#include <gtest/gtest.h>

#include <regex>

namespace pmcp::http {
namespace {

// The example of RFC 9110, 5.6.7, and a time with single digits.
TEST(HttpAnswer, DatesAreThoseOfHttp) {
  EXPECT_EQ(FormatHttpDate(784111777), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(FormatHttpDate(1772330645), "Sun, 01 Mar 2026 02:04:05 GMT");
}

TEST(HttpAnswer, EveryHeadIsDatedAndEnds) {
  const std::regex date(
      R"(\r\nDate: \w{3}, \d{2} \w{3} \d{4} [\d:]{8} GMT\r\n)");
  for (const std::string& head :
       {FormatResponseHead(PlainResponse(404, "no"), "Connection: close"),
        FormatResponseHead({.status = 204}, "Connection: keep-alive"),
        FormatStreamHead({.content_type = "text/event-stream"}, true)}) {
    EXPECT_TRUE(std::regex_search(head, date)) << head;
    EXPECT_TRUE(head.ends_with("\r\n\r\n")) << head;
  }
}

// RFC 9110, 8.6: a length must not be sent with 204.
TEST(HttpAnswer, LengthsAreSentWhereThereIsABody) {
  EXPECT_NE(FormatResponseHead(PlainResponse(404, "no"), "Connection: close")
                .find("Content-Length: 3\r\n"),
            std::string::npos);
  EXPECT_EQ(FormatResponseHead({.status = 204}, "Connection: close")
                .find("Content-Length"),
            std::string::npos);
}

}  // namespace
}  // namespace pmcp::http
