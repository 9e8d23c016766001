// The text of an HTTP/1.1 answer that is whole: a head for a body that is
// known. Streams are written by the library (http_listener.cc).
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

}  // namespace pmcp::server
