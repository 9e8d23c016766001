// ConnectClient: calls RPCs of a Pyroscope by the Connect protocol (unary, in
// binary), with deadlines, retries and errors that say what to do.
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
  /// Of one request; the call's own deadline may be nearer.
  std::chrono::milliseconds timeout{30'000};
  std::size_t max_response_bytes = std::size_t{256} << 20;
  bool accept_gzip = true;
  bool through_grafana = false;
  http::RetryOptions retry;
};

/// Where a server is: "http://host:4040/prefix". Behind Grafana that is known
/// only when Grafana was asked.
using BaseUrl = std::function<Result<std::string>(const CallContext& call)>;

class ConnectClient {
 public:
  ConnectClient(const http::HttpClient& http, BaseUrl base_url,
                const Credentials& credentials, ConnectOptions options);

  /// The message that `method` of querier.v1 answers to `message`.
  Result<std::string> Call(std::string_view method, std::string message,
                           const CallContext& call) const;

  /// What a GET of `path` below the base URL answers, which must be JSON.
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
  /// Without secrets that the server sent back.
  Error Scrubbed(Error error) const;

  const http::HttpClient& http_;
  const BaseUrl base_url_;
  const Credentials& credentials_;
  const ConnectOptions options_;
};

}  // namespace pmcp::pyroscope
