// HttpConfig: the options of `pyroscope-mcp http`: addresses, access control
// and limits.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "base/metrics.h"
#include "base/redacted.h"
#include "server/http/http_transport.h"
#include "server/http/mirror_headers.h"

namespace pmcp::app {

struct ListenAddress {
  std::string host;  // without brackets
  int port = 0;
};

struct HttpConfig {
  ListenAddress listen;
  std::string path;
  Redacted<std::string> token;
  std::vector<std::string> allowed_hosts;
  std::vector<std::string> allowed_origins;
  std::string metrics_host;  // "": no metrics
  int metrics_port = 0;
  std::size_t max_connections = 0;
  std::size_t max_streams = 0;
  std::size_t max_sessions = 0;
  std::chrono::milliseconds session_idle{0};
  int calls_per_second = 0;
};

/// The options about HTTP as text.
struct HttpTexts {
  std::string listen;
  std::string path;
  std::string token_file;
  std::string allowed_hosts;
  std::string allowed_origins;
  std::string metrics_listen;
  std::string max_connections;
  std::string max_streams;
  std::string max_sessions;
  std::string session_idle;
  std::string rate_limit;
};

/// Parses the options and reads the token file. Appends every problem; an
/// address other than loopback without a token is one.
HttpConfig ReadHttp(const HttpTexts& texts, std::vector<std::string>& problems);

/// The URL of /healthz of a server with these options, as seen from its own
/// machine.
std::string HealthUrl(const HttpTexts& texts,
                      std::vector<std::string>& problems);

/// The options of the HTTP transport, which prints its address to stderr.
/// `metrics` outlives the transport.
server::HttpOptions MakeHttpOptions(
    const HttpConfig& config, std::vector<server::MirroredArgument> mirrored,
    Metrics& metrics);

}  // namespace pmcp::app
