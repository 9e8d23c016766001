// HttpHead: a strict parser of the request line and the header fields of an
// HTTP/1.1 request. It refuses every form that two parsers can read
// differently, since request smuggling depends on lenient parsing.
//
//   POST /mcp HTTP/1.1\r\n
//   Host: 127.0.0.1:8085\r\n
//   Content-Length: 46\r\n
//   \r\n
//
// Pure: takes bytes, returns a head or the status of a refusal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

#include "http/server/http_message.h"

namespace pmcp::http {

struct HttpHeadLimits {
  std::size_t head_bytes = std::size_t{16} << 10;
  std::size_t fields = 100;
  std::size_t body_bytes = std::size_t{4} << 20;
};

struct HttpHead {
  std::string method;
  std::string target;  // as sent: "/mcp?x=1"
  HttpFields fields;
  std::size_t content_length = 0;
  bool is_chunked = false;
  bool keeps_alive = true;
  bool takes_chunks = true;  // not of HTTP/1.0, as many proxies still speak
  bool expects_continue = false;

  std::string_view path() const;
};

/// Why a request is refused before anybody looks at its body.
struct HttpRefusal {
  int status = 400;
  std::string_view reason;  // for the reader of the answer
};

/// `text` is everything up to and with the empty line.
std::variant<HttpHead, HttpRefusal> ParseHttpHead(std::string_view text,
                                                  const HttpHeadLimits& limits);

}  // namespace pmcp::http
