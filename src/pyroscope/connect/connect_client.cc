#include "pyroscope/connect/connect_client.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "http/client/url.h"

namespace pmcp::pyroscope {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::string_view kService = "/querier.v1.QuerierService/";
constexpr std::string_view kProto = "application/proto";
constexpr std::string_view kJson = "application/json";

/// Temporary errors of a busy or restarting server, or of a proxy: worth a
/// retry.
bool IsTemporary(const http::ClientResponse& response) {
  return response.status == 429 || response.status == 502 ||
         response.status == 503;
}

Error TooSlow(milliseconds timeout) {
  return {
      ErrorKind::kTimeout,
      fmt::format("the server did not answer within {} ms", timeout.count()),
      "Ask for a shorter window or a narrower selector, or raise the "
      "timeout of this source."};
}

CallContext WithTimeout(const CallContext& call, milliseconds timeout) {
  const auto deadline =
      std::min(call.deadline(), steady_clock::now() + timeout);
  return CallContext(call.stop(), deadline);
}

}  // namespace

struct ConnectClient::Question {
  std::string_view name;  // for errors
  std::string path;       // below the base URL
  std::optional<std::string> message;
  std::string_view content;  // required Content-Type of the response
};

ConnectClient::ConnectClient(const http::HttpClient& http, BaseUrl base_url,
                             const Credentials& credentials,
                             ConnectOptions options)
    : http_(http),
      base_url_(std::move(base_url)),
      credentials_(credentials),
      options_(std::move(options)) {}

Result<std::string> ConnectClient::Call(std::string_view method,
                                        std::string message,
                                        const CallContext& call) const {
  return Ask({.name = method,
              .path = std::string(kService) + std::string(method),
              .message = std::move(message),
              .content = kProto},
             call);
}

Result<std::string> ConnectClient::Get(std::string_view path,
                                       const CallContext& call) const {
  return Ask({.name = path,
              .path = std::string(path),
              .message = std::nullopt,
              .content = kJson},
             call);
}

Result<std::string> ConnectClient::Ask(const Question& question,
                                       const CallContext& call) const {
  PMCP_TRY(base_url, base_url_(call));
  const CallContext limited = WithTimeout(call, options_.timeout);
  auto response = SendAgainIfNeeded(question, base_url, limited);
  if (!response.ok()) {
    Error error = std::move(response).error();
    const bool own_limit =
        error.kind == ErrorKind::kTimeout && call.Check().ok();
    return Scrubbed(own_limit ? TooSlow(options_.timeout) : std::move(error));
  }
  if (response->status == 200 && response->redirects_to.empty() &&
      response->content_type.starts_with(question.content)) {
    return std::move(response->body);
  }
  const CredentialOptions& credentials = credentials_.options();
  // Scrub before anything is shortened: a cut secret would not be found.
  for (std::string* text : {&response->body, &response->content_type,
                            &response->retry_after, &response->redirects_to}) {
    *text = credentials_.Scrub(std::move(*text));
  }
  return Scrubbed(
      ErrorOf(*response, {.url = base_url,
                          .method = std::string(question.name),
                          .credential = credentials.named,
                          .tenant_id = credentials.tenant_id,
                          .org_id = credentials.grafana_org_id,
                          .through_grafana = options_.through_grafana}));
}

Result<http::ClientResponse> ConnectClient::SendAgainIfNeeded(
    const Question& question, const std::string& base_url,
    const CallContext& limited) const {
  for (int attempt = 0;; ++attempt) {
    auto response = SendOnce(question, base_url, limited);
    const bool again = response.ok()
                           ? IsTemporary(*response)
                           : response.error().kind == ErrorKind::kUnavailable;
    if (!again) return response;
    const auto pause = http::PauseBefore(
        attempt, response.ok() ? response->retry_after : "", options_.retry);
    if (!pause) return response;
    const auto waited = http::Pause(*pause, limited);
    // The server's own error is more useful than a timeout.
    if (!waited.ok() && waited.error().kind == ErrorKind::kTimeout) {
      return response;
    }
    PMCP_TRY_VOID(waited);
  }
}

Result<http::ClientResponse> ConnectClient::SendOnce(
    const Question& question, const std::string& base_url,
    const CallContext& limited) const {
  PMCP_TRY(headers, credentials_.Headers());
  const auto add = [&](const char* name, std::string value) {
    headers.push_back({name, Redacted(std::move(value))});
  };
  // Without this parameter the server omits label names with dots.
  add("Accept", "*/*;allow-utf8-labelnames=true");
  if (question.message) {
    add("Content-Type", std::string(question.content));
    add("Connect-Protocol-Version", "1");
    const auto left = std::chrono::duration_cast<milliseconds>(
        limited.deadline() - steady_clock::now());
    add("Connect-Timeout-Ms",
        std::to_string(std::max(left.count(), milliseconds::rep{1})));
  }
  return http_.Send({.url = base_url + question.path,
                     .headers = std::move(headers),
                     .body = question.message,
                     .accept_gzip = options_.accept_gzip,
                     .max_response_bytes = options_.max_response_bytes},
                    limited);
}

Error ConnectClient::Scrubbed(Error error) const {
  error.message = credentials_.Scrub(std::move(error.message));
  error.hint = credentials_.Scrub(std::move(error.hint));
  return error;
}

}  // namespace pmcp::pyroscope
