// HttpTestServer: a Server behind real HTTP on a free port of this machine,
// for as long as it lives.
#pragma once

#include <memory>
#include <string>
#include <thread>

#include "http/server/http_listener.h"
#include "server/core/server.h"
#include "server/http/http_endpoint.h"

namespace pmcp::test {

class HttpTestServer {
 public:
  explicit HttpTestServer(server::Server& server,
                          http::HttpListenerOptions listener = {},
                          server::HttpEndpointOptions endpoint = {});
  /// Stops all calls first.
  ~HttpTestServer();

  int port() const { return port_; }
  server::HttpEndpoint& endpoint() { return endpoint_; }
  http::HttpListener& listener() { return listener_; }

 private:
  server::HttpEndpoint endpoint_;
  http::HttpListener listener_;
  int port_ = 0;
  std::thread serving_;
};

}  // namespace pmcp::test
