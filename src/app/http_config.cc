#include "app/http_config.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <optional>
#include <utility>

#include "base/text.h"
#include "base/time_range.h"
#include "http/server/http_guard.h"

namespace pmcp::app {
namespace {

constexpr std::size_t kMaxTokenBytes = 4096;
// Shorter tokens can be guessed.
constexpr std::size_t kMinTokenBytes = 16;
constexpr int kMaxPort = 65535;

std::vector<std::string> ReadList(std::string_view text) {
  std::vector<std::string> all;
  while (!text.empty()) {
    const auto one = TakeFromList(text);
    if (!one.empty()) all.emplace_back(one);
  }
  return all;
}

/// Parses "127.0.0.1:8085", "[::1]:8085" or ":8085" (all addresses).
std::optional<ListenAddress> ReadAddress(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == text.npos) return std::nullopt;
  const auto port = ParseInt64(text.substr(colon + 1));
  if (!port || *port < 0 || *port > kMaxPort) return std::nullopt;
  auto host = text.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) {
    host = host.substr(1, host.size() - 2);
  } else if (host.find(':') != host.npos) {
    return std::nullopt;
  }
  return ListenAddress{host.empty() ? "0.0.0.0" : std::string(host),
                       static_cast<int>(*port)};
}

ListenAddress AddressOr(std::string_view flag, const std::string& text,
                        std::vector<std::string>& problems) {
  if (auto address = ReadAddress(text)) return *address;
  problems.push_back(fmt::format(
      "{} is \"{}\"; give an address and a port, for example 127.0.0.1:8085",
      flag, text));
  return {};
}

std::size_t CountOr(std::string_view flag, const std::string& text,
                    std::int64_t least, std::int64_t most,
                    std::vector<std::string>& problems) {
  const auto count = ParseInt64(text);
  if (count && *count >= least && *count <= most) {
    return static_cast<std::size_t>(*count);
  }
  problems.push_back(fmt::format("{} is \"{}\"; give a number from {} to {}",
                                 flag, text, least, most));
  return 0;
}

Redacted<std::string> ReadToken(const std::string& file,
                                std::vector<std::string>& problems) {
  if (file.empty()) return {};
  std::ifstream in(file, std::ios::binary);
  std::string text(kMaxTokenBytes + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  const std::string token(Trim(text));
  if (token.size() < kMinTokenBytes || text.size() > kMaxTokenBytes) {
    problems.push_back(fmt::format(
        "PMCP_HTTP_TOKEN_FILE \"{}\" does not hold a token of {} to {} "
        "characters; make one with: openssl rand -hex 32",
        file, kMinTokenBytes, kMaxTokenBytes));
  }
  return Redacted<std::string>(token);
}

/// A loopback address needs no token; any other address needs a token and
/// --allowed-hosts.
void CheckExposure(const HttpConfig& config,
                   std::vector<std::string>& problems) {
  if (http::IsLoopbackName(config.listen.host)) return;
  if (config.token.empty()) {
    problems.push_back(fmt::format(
        "--listen \"{}\" is reachable from other machines, so a bearer token "
        "is "
        "required; put one into a file and set PMCP_HTTP_TOKEN_FILE to it",
        config.listen.host));
  }
  if (config.allowed_hosts.empty()) {
    problems.push_back(
        "--listen is not a loopback address, so --allowed-hosts must list the "
        "names of this server (comma-separated; * for any)");
  }
}

/// Each stream holds a connection, and calls need some. A number that could not
/// be parsed is 0 and was reported before.
void CheckStreams(const HttpConfig& config,
                  std::vector<std::string>& problems) {
  if (config.max_connections == 0 ||
      config.max_streams < config.max_connections) {
    return;
  }
  problems.push_back(fmt::format(
      "--max-streams is {} and --max-connections is {}, which leaves no "
      "connection for calls; give fewer streams or more connections",
      config.max_streams, config.max_connections));
}

}  // namespace

HttpConfig ReadHttp(const HttpTexts& texts,
                    std::vector<std::string>& problems) {
  HttpConfig config;
  config.listen = AddressOr("--listen", texts.listen, problems);
  config.path = texts.path;
  if (!config.path.starts_with('/') ||
      config.path.find_first_of("?# ") != std::string::npos) {
    problems.push_back(fmt::format(
        "--path is \"{}\"; give a path, for example /mcp", texts.path));
  }
  config.token = ReadToken(texts.token_file, problems);
  config.allowed_hosts = ReadList(texts.allowed_hosts);
  config.allowed_origins = ReadList(texts.allowed_origins);
  if (!texts.metrics_listen.empty()) {
    const auto address =
        AddressOr("--metrics-listen", texts.metrics_listen, problems);
    config.metrics_host = address.host;
    config.metrics_port = address.port;
  }
  config.max_connections =
      CountOr("--max-connections", texts.max_connections, 1, 4096, problems);
  config.max_streams =
      CountOr("--max-streams", texts.max_streams, 0, 4096, problems);
  CheckStreams(config, problems);
  config.max_sessions =
      CountOr("--max-sessions", texts.max_sessions, 1, 1'000'000, problems);
  if (const auto idle = ParseDuration(texts.session_idle)) {
    config.session_idle = *idle;
  } else {
    problems.push_back(
        fmt::format("--session-idle is \"{}\"; give for example 30m or 2h",
                    texts.session_idle));
  }
  config.calls_per_second = static_cast<int>(
      CountOr("--rate-limit", texts.rate_limit, 0, 1'000'000, problems));
  CheckExposure(config, problems);
  return config;
}

std::string HealthUrl(const HttpTexts& texts,
                      std::vector<std::string>& problems) {
  const ListenAddress listen = AddressOr("--listen", texts.listen, problems);
  std::string host = listen.host;
  if (host == "0.0.0.0") host = "127.0.0.1";
  if (host == "::") host = "::1";
  if (host.find(':') != std::string::npos) host = "[" + host + "]";
  return fmt::format("http://{}:{}/healthz", host, listen.port);
}

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
  // Without --metrics-listen nothing is counted.
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
