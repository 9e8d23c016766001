// ConnectClient: calls unary RPCs of a Pyroscope with the Connect protocol and
// binary protobuf, with deadlines, retries and errors that have a hint.
//
// Thread-safe; the http::HttpClient outlives it.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "base/call_context.h"
#include "base/result.h"
#include "http/client/http_client.h"
#include "http/client/retry.h"
#include "pyroscope/connect/connect_client_errors.h"
#include "pyroscope/connect/credentials.h"

namespace pmcp::pyroscope {

struct ConnectOptions {
  /// For one request; the deadline of the call may be earlier.
  std::chrono::milliseconds timeout{30'000};
  std::size_t max_response_bytes = std::size_t{256} << 20;
  bool accept_gzip = true;
  bool through_grafana = false;
  http::RetryOptions retry;
};

/// Returns the URL of a server: "http://host:4040/prefix". A function, since
/// the URL behind Grafana is known only after a request to Grafana.
using BaseUrl = std::function<Result<std::string>(const CallContext& call)>;

class ConnectClient {
 public:
  ConnectClient(const http::HttpClient& http, BaseUrl base_url,
                const Credentials& credentials, ConnectOptions options);

  /// Calls `method` of querier.v1 with the protobuf message `message`. Returns
  /// the protobuf message of the response.
  Result<std::string> Call(std::string_view method, std::string message,
                           const CallContext& call) const;

  /// The body of a GET of `path` below the base URL. kBadResponse unless it is
  /// JSON.
  Result<std::string> Get(std::string_view path, const CallContext& call) const;

 private:
  struct Question;
  Result<std::string> Ask(const Question& question,
                          const CallContext& call) const;
  Result<http::ClientResponse> SendOnce(const Question& question,
                                        const std::string& base_url,
                                        const CallContext& limited) const;
  Result<http::ClientResponse> SendAgainIfNeeded(
      const Question& question, const std::string& base_url,
      const CallContext& limited) const;
  /// `error` without secrets that the server may have sent back.
  Error Scrubbed(Error error) const;

  const http::HttpClient& http_;
  const BaseUrl base_url_;
  const Credentials& credentials_;
  const ConnectOptions options_;
};

}  // namespace pmcp::pyroscope
