// Passes any valid head with any fields and any body to the endpoint. The
// response has a status that the protocol knows, and a body that matches its
// content type.
//
//   Name: value        the fields, one per line
//                      an empty line
//   {"jsonrpc":…       the body
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string>

#include "base/text.h"
#include "server/http/http_endpoint.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/quick_tools.h"

namespace pmcp::test {
namespace {

using http::ServerRequest;
using http::ServerResponse;

constexpr std::array kStatuses = {200, 202, 400, 401, 403, 404,
                                  405, 406, 415, 429, 503};

server::HttpEndpoint& Endpoint() {
  static server::Server toy(ToyInfo(), QuickTools(), ToyOptions());
  static server::HttpEndpoint endpoint(
      toy, {.sessions = {.max_sessions = 4}, .rate = {.per_second = 0}});
  return endpoint;
}

http::ServerRequest ToRequest(std::string_view text) {
  http::ServerRequest request{.method = "POST", .path = "/mcp"};
  request.is_peer_gone = [] { return false; };
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto colon = line.find(':');
    if (colon == line.npos) break;
    request.fields.Add(std::string(line.substr(0, colon)),
                       std::string(Trim(line.substr(colon + 1))));
  }
  request.body = text;
  return request;
}

class Sink final : public http::HttpStreamSink {
 public:
  bool Write(std::string_view) override { return true; }
};

void CheckResponse(const http::ServerResponse& response) {
  PMCP_CHECK(std::ranges::find(kStatuses, response.status) != kStatuses.end());
  if (response.content_type == "application/json") {
    const auto body = nlohmann::json::parse(response.body, nullptr, false);
    PMCP_CHECK(body.is_object() || body.is_array());
  }
  Sink sink;
  while (response.stream && response.stream(sink)) {
  }
}

void CheckPost(std::string_view text) {
  const http::ServerRequest request = ToRequest(text);
  if (const auto refused = Endpoint().Admit(request)) {
    CheckResponse(*refused);
  }
  // Includes requests that would not be admitted: the two checks must not
  // depend on each other.
  CheckResponse(Endpoint().Answer(request));
}

}  // namespace
}  // namespace pmcp::test

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  pmcp::test::CheckPost(pmcp::test::ToText(data, size));
  return 0;
}
