// HttpTransport: MCP over Streamable HTTP on one address. Puts the listener,
// which knows HTTP, and the endpoint, which knows MCP, together, and sees to
// their end.
//
// Handles SIGTERM and SIGINT while it runs. Used by one thread.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "base/metrics.h"
#include "base/result.h"
#include "http/server/http_listener.h"
#include "server/core/server.h"
#include "server/http/http_endpoint.h"

namespace pmcp::server {

struct HttpOptions {
  std::string host = "127.0.0.1";
  int port = 8085;  // 0: any that is free
  http::HttpListenerOptions listener = {};
  HttpEndpointOptions endpoint = {};
  /// Where the page of numbers is served, at /metrics; "": nowhere.
  std::string metrics_host = {};
  int metrics_port = 0;
  Metrics* metrics = nullptr;  // outlives the transport
  /// How long calls may go on after a signal, and then how long they may take
  /// to stop when they are told to.
  std::chrono::milliseconds drain{10'000};
  std::chrono::milliseconds stop_bound{2'000};
  /// Called with the addresses once requests are taken; `metrics_url` is ""
  /// without such a page.
  std::function<void(const std::string& url, const std::string& metrics_url)>
      on_ready = {};
};

class HttpTransport {
 public:
  explicit HttpTransport(HttpOptions options) : options_(std::move(options)) {}

  /// Serves until a signal comes; the exit code. Calls that ignore being told
  /// to stop end the process, code 1, as over stdio.
  int Run(Server& server);

 private:
  void SetGauges(const HttpEndpoint& endpoint,
                 const http::HttpListener& listener) const;
  /// Until a signal comes; the exit code.
  int ServeUntilSignal(HttpEndpoint& endpoint, http::HttpListener& listener,
                       int port);

  const HttpOptions options_;
};

}  // namespace pmcp::server
