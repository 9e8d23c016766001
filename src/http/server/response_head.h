// Writes the head of an HTTP/1.1 response: the status line and the header
// fields.
//
// Pure except for the field Date, which has the time of the call. Thread-safe.
#pragma once

#include <ctime>
#include <string>
#include <string_view>

#include "http/server/http_message.h"

namespace pmcp::http {

/// "Sun, 06 Nov 1994 08:49:37 GMT", as the field Date wants it (RFC 9110,
/// 5.6.7).
std::string FormatHttpDate(std::time_t time);

/// One line of text/plain, for people.
ServerResponse PlainResponse(int status, std::string_view text);

/// Everything before the body, with the empty line. `connection` is the field
/// that says what becomes of the connection, as "Connection: close".
std::string FormatResponseHead(const ServerResponse& response,
                               std::string_view connection);

/// The same before a stream, after which the connection is closed. Without
/// chunks, which HTTP/1.0 does not know, that alone is its end.
std::string FormatStreamHead(const ServerResponse& response, bool is_chunked);

}  // namespace pmcp::http
