// HttpListener: an HTTP/1.1 server on one address. cpp-httplib accepts
// connections and reads chunked bodies; this class parses and checks heads
// (http_head.h) and writes responses.
//
// Each connection uses one thread of a bounded pool. If the pool is full, a new
// connection gets 503 with Retry-After, and idle connections are closed to make
// room. Knows nothing of MCP. Thread-safe once bound: any thread may call Stop.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "http/server/connection.h"
#include "http/server/http_message.h"

namespace pmcp::http {

struct HttpListenerOptions {
  ConnectionLimits wire;
  /// Connections served at the same time; each has a thread.
  std::size_t max_connections = 256;
  /// How long a connection may wait for its next request.
  std::chrono::milliseconds idle_time{30'000};
};

class HttpListener {
 public:
  struct Callbacks {
    /// Called when the head is there and before the body is read, which is
    /// never read when there is an answer: the connection is closed then.
    std::function<std::optional<ServerResponse>(const ServerRequest&)> admit;
    /// Called with the body. Must not throw; called on many threads at once.
    std::function<ServerResponse(const ServerRequest&)> answer;
    /// Told of each answer that is on its way, of refusals, too, and of a
    /// stream at its end. `request` is null when its head could not be read;
    /// `bytes` are those of the body.
    std::function<void(const ServerRequest* request, int status,
                       std::size_t bytes)>
        answered;
  };

  HttpListener(HttpListenerOptions options, Callbacks callbacks);
  ~HttpListener();

  /// `host` is an address or a name, `port` 0 for any; the port.
  Result<int> Bind(const std::string& host, int port);
  /// Serves until Stop; returns when the last answer is written.
  void Run();
  /// No connection is accepted from now on, and none is asked for more. A
  /// listener that does not run yet has to be told again.
  void Stop();
  bool IsStopping() const;

  std::size_t open_connections() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pmcp::http
