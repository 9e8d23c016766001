// HttpTransport: MCP over Streamable HTTP on one address. Connects the
// listener, which knows HTTP, to the endpoint, which knows MCP, and shuts both
// down.
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
  int port = 8085;  // 0: any free port
  http::HttpListenerOptions listener = {};
  HttpEndpointOptions endpoint = {};
  /// The address that serves /metrics; "": none.
  std::string metrics_host = {};
  int metrics_port = 0;
  Metrics* metrics = nullptr;  // outlives the transport
  /// How long calls may run after a signal, and how long they may then take to
  /// stop after they were cancelled.
  std::chrono::milliseconds drain{10'000};
  std::chrono::milliseconds stop_bound{2'000};
  /// Called with the URLs once the server accepts requests; `metrics_url` is ""
  /// if /metrics is not served.
  std::function<void(const std::string& url, const std::string& metrics_url)>
      on_ready = {};
};

class HttpTransport {
 public:
  explicit HttpTransport(HttpOptions options) : options_(std::move(options)) {}

  /// Serves until a signal arrives, and returns the exit code. As over stdio, a
  /// call that ignores its cancellation ends the process with code 1.
  int Run(Server& server);

 private:
  void SetGauges(const HttpEndpoint& endpoint,
                 const http::HttpListener& listener) const;
  /// Serves until a signal arrives, and returns the exit code.
  int ServeUntilSignal(HttpEndpoint& endpoint, http::HttpListener& listener,
                       int port);

  const HttpOptions options_;
};

}  // namespace pmcp::server
