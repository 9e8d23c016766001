#include "app/healthcheck.h"

#include <fmt/core.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <stop_token>
#include <string>

#include "base/sanitize.h"
#include "http/client/curl_http_client.h"

namespace pmcp::app {
namespace {

/// Orchestrators commonly give a probe five seconds.
constexpr std::chrono::seconds kTimeout{4};
constexpr std::size_t kMaxAnswerBytes = std::size_t{64} << 10;

int Fail(const std::string& what) {
  std::fprintf(stderr, "error: %s\n", what.c_str());
  return kExitFailure;
}

}  // namespace

int RunHealthcheck(const Config& config) {
  // The probe must not go through a proxy for outgoing requests.
  ::setenv("no_proxy", "*", 1);
  const http::CurlHttpClient http({.ca_file = "",
                                   .client_cert_file = "",
                                   .client_key_file = "",
                                   .unix_socket = "",
                                   .user_agent = "pyroscope-mcp",
                                   .connect_timeout = kTimeout});
  const CallContext call(std::stop_token(),
                         std::chrono::steady_clock::now() + kTimeout);
  const auto response = http.Send({.url = config.healthcheck_url,
                                   .headers = {},
                                   .body = {},
                                   .accept_gzip = false,
                                   .max_response_bytes = kMaxAnswerBytes},
                                  call);
  const std::string url = Sanitize(config.healthcheck_url);
  if (!response.ok()) {
    return Fail(fmt::format("{}: {}", url, response.error().message));
  }
  if (response->status != 200) {
    return Fail(fmt::format("{} answered with status {}: {}", url,
                            response->status, Sanitize(response->body)));
  }
  return kExitOk;
}

}  // namespace pmcp::app
