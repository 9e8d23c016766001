// The text of an HTTP/1.1 answer up to its body.
//
// Pure: values in, text out.
#pragma once

#include <string>
#include <string_view>

#include "server/http_message.h"

namespace pmcp::server {

/// One line of text/plain, for people.
HttpResponse PlainAnswer(int status, std::string_view text);

/// Everything before the body, with the empty line. `connection` is the field
/// that says what becomes of the connection, as "Connection: close".
std::string FormatAnswerHead(const HttpResponse& response,
                             std::string_view connection);

/// The same before a stream, after which the connection is closed. Without
/// chunks, which HTTP/1.0 does not know, that alone is its end.
std::string FormatStreamHead(const HttpResponse& response, bool is_chunked);

}  // namespace pmcp::server
