#include "app/http_options.h"

#include <cstdio>
#include <utility>

namespace pmcp::app {

server::HttpOptions MakeHttpOptions(
    const HttpConfig& config, std::vector<server::MirroredArgument> mirrored,
    Metrics& metrics) {
  server::HttpOptions options{.host = config.listen.host,
                              .port = config.listen.port};
  options.listener.max_connections = config.max_connections;
  options.endpoint.path = config.path;
  options.endpoint.guard = {.allowed_hosts = config.allowed_hosts,
                            .allowed_origins = config.allowed_origins,
                            .token = config.token};
  options.endpoint.sessions = {
      .max_sessions = config.max_sessions,
      .idle_time = std::chrono::duration_cast<std::chrono::seconds>(
          config.session_idle)};
  options.endpoint.rate = {.per_second = double(config.calls_per_second),
                           .burst = 2.0 * config.calls_per_second};
  options.endpoint.max_streams = config.max_streams;
  options.endpoint.mirrored = std::move(mirrored);
  // Nobody reads them without a page, so nothing is counted then.
  if (!config.metrics_host.empty()) {
    options.metrics = &metrics;
    options.metrics_host = config.metrics_host;
    options.metrics_port = config.metrics_port;
  }
  options.on_ready = [](const std::string& url, const std::string& page) {
    std::fprintf(stderr, "listening on %s\n", url.c_str());
    if (!page.empty()) std::fprintf(stderr, "metrics on %s\n", page.c_str());
  };
  return options;
}

}  // namespace pmcp::app
