#include "http/server/response_head.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace pmcp::http {
namespace {

struct ReasonRow {
  int status;
  std::string_view reason;
};
constexpr ReasonRow kReasons[] = {
    {200, "OK"},
    {202, "Accepted"},
    {204, "No Content"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {411, "Length Required"},
    {413, "Content Too Large"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {499, "Client Closed Request"},
    {500, "Internal Server Error"},
    {503, "Service Unavailable"},
    {505, "HTTP Version Not Supported"},
};

std::string_view ReasonOf(int status) {
  const auto* found = std::ranges::find(kReasons, status, &ReasonRow::status);
  return found == std::end(kReasons) ? "Refused" : found->reason;
}

void AppendField(std::string& text, std::string_view name,
                 std::string_view value) {
  text.append(name).append(": ").append(value).append("\r\n");
}

/// A server with a clock says when it answered (RFC 9110, 6.6.1). The text is
/// made once a second.
std::string_view DateNow() {
  thread_local std::time_t made_at = -1;
  thread_local std::string text;
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME_COARSE, &now);
  if (now.tv_sec != made_at) {
    made_at = now.tv_sec;
    text = FormatHttpDate(made_at);
  }
  return text;
}

std::string Start(const ServerResponse& response, std::string_view connection) {
  constexpr std::size_t kUsualBytes = 256;
  std::string text;
  text.reserve(kUsualBytes);
  fmt::format_to(std::back_inserter(text), "HTTP/1.1 {} {}\r\n{}\r\n",
                 response.status, ReasonOf(response.status), connection);
  AppendField(text, "Date", DateNow());
  return text;
}

/// And the empty line.
void AppendOwnFields(std::string& text, const ServerResponse& response) {
  if (!response.content_type.empty()) {
    AppendField(text, "Content-Type", response.content_type);
  }
  for (const HttpField& field : response.fields.all()) {
    AppendField(text, field.name, field.value);
  }
  text += "\r\n";
}

}  // namespace

std::string FormatHttpDate(std::time_t time) {
  // The names of days and months are English: the program never leaves the
  // "C" locale.
  return fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(time));
}

ServerResponse PlainResponse(int status, std::string_view text) {
  return {.status = status,
          .content_type = "text/plain",
          .body = fmt::format("{}\n", text)};
}

std::string FormatResponseHead(const ServerResponse& response,
                               std::string_view connection) {
  std::string text = Start(response, connection);
  // RFC 9110, 8.6: with 204 a length must not be sent.
  if (response.status != 204) {
    AppendField(text, "Content-Length",
                fmt::format_int(response.body.size()).c_str());
  }
  AppendOwnFields(text, response);
  return text;
}

std::string FormatStreamHead(const ServerResponse& response, bool is_chunked) {
  std::string text = Start(response, "Connection: close");
  if (is_chunked) AppendField(text, "Transfer-Encoding", "chunked");
  AppendOwnFields(text, response);
  return text;
}

}  // namespace pmcp::http
