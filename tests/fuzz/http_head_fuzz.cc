// Parses any bytes as the head of a request. An accepted head is unambiguous:
// it has no control characters, its length is within limits, and writing and
// parsing it again gives the same head.
#include <fmt/core.h>

#include <algorithm>
#include <string>
#include <variant>

#include "http/server/http_head.h"
#include "tests/fuzz/fuzz_target.h"

namespace pmcp::test {
namespace {

using http::HttpField;
using http::HttpHead;

constexpr http::HttpHeadLimits kLimits{
    .head_bytes = 4096, .fields = 32, .body_bytes = 1000};

bool HasControls(std::string_view text) {
  return std::ranges::any_of(text, [](unsigned char c) {
    return (c < 0x20 && c != '\t') || c == 0x7f;
  });
}

std::string Write(const http::HttpHead& head) {
  std::string text = fmt::format("{} {} HTTP/1.{}\r\n", head.method,
                                 head.target, head.takes_chunks ? 1 : 0);
  for (const http::HttpField& field : head.fields.all()) {
    text += fmt::format("{}: {}\r\n", field.name, field.value);
  }
  return text + "\r\n";
}

void CheckHead(const http::HttpHead& head) {
  PMCP_CHECK(head.content_length <= kLimits.body_bytes);
  PMCP_CHECK(!head.is_chunked || head.content_length == 0);
  PMCP_CHECK(head.target.starts_with('/') && !HasControls(head.target));
  PMCP_CHECK(head.fields.all().size() <= kLimits.fields);
  PMCP_CHECK(head.fields.Count("Host") == 1);
  PMCP_CHECK(head.fields.Count("Content-Length") <= 1);
  for (const http::HttpField& field : head.fields.all()) {
    PMCP_CHECK(!field.name.empty() && !HasControls(field.name));
    PMCP_CHECK(!HasControls(field.value));
  }
  const std::string text = Write(head);
  if (text.size() > kLimits.head_bytes) return;  // white space was added
  const auto again = http::ParseHttpHead(text, kLimits);
  const auto* same = std::get_if<http::HttpHead>(&again);
  PMCP_CHECK(same != nullptr && Write(*same) == text);
  PMCP_CHECK(same->content_length == head.content_length);
}

void CheckText(std::string_view text) {
  const auto parsed = http::ParseHttpHead(text, kLimits);
  if (const auto* refusal = std::get_if<http::HttpRefusal>(&parsed)) {
    PMCP_CHECK(refusal->status >= 400 && !refusal->reason.empty());
  } else {
    CheckHead(std::get<http::HttpHead>(parsed));
  }
}

}  // namespace
}  // namespace pmcp::test

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  pmcp::test::CheckText(pmcp::test::ToText(data, size));
  return 0;
}
