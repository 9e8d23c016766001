#include "app/compose.h"

#include <fmt/core.h>

#include <memory>
#include <random>
#include <utility>
#include <vector>

#include "app/version.h"
#include "http/client/counting_http_client.h"
#include "http/client/curl_http_client.h"
#include "http/client/url.h"
#include "pyroscope/pyroscope_source.h"
#include "store/directory_source.h"

namespace pmcp::app {
namespace {

std::unique_ptr<source::ProfileSource> MakeFolder(const std::string& folder,
                                                  const Config& config,
                                                  const Clock& clock) {
  return std::make_unique<store::DirectorySource>(
      store::DirectoryOptions{.folder = folder,
                              .cache_bytes = config.store_memory_bytes},
      clock);
}

/// libcurl ignores HTTP_PROXY in upper case, since a CGI server sets it from a
/// request header. Here only the operator sets the environment.
std::string HttpProxy() {
  return FromEnvironment("http_proxy").empty() ? FromEnvironment("HTTP_PROXY")
                                               : "";
}

/// A random number from 0 to 1.
double Jitter() {
  std::random_device random;
  return std::uniform_real_distribution<>()(random);
}

std::unique_ptr<source::ProfileSource> MakeRemoteSource(
    const SourceConfig& config, const Clock& clock, Metrics* metrics) {
  // CheckSource has checked it.
  const auto url = http::ParseUrl(config.url);
  const bool is_socket = url.ok() && url->scheme == "unix";
  const bool is_near = url.ok() && url->IsLoopback();
  std::unique_ptr<http::HttpClient> http =
      std::make_unique<http::CurlHttpClient>(http::CurlOptions{
          .ca_file = config.ca_file,
          .client_cert_file = config.client_cert_file,
          .client_key_file = config.client_key_file,
          .unix_socket = is_socket ? url->path : "",
          .http_proxy = HttpProxy(),
          .user_agent = fmt::format("pyroscope-mcp/{}", kVersion)});
  if (metrics != nullptr) {
    http = std::make_unique<http::CountingHttpClient>(std::move(http),
                                                      config.name, *metrics);
  }
  pyroscope::PyroscopeOptions options{.url = config.url,
                                      .credentials = config.credentials};
  while (options.url.ends_with('/')) options.url.pop_back();
  options.connect.timeout = config.timeout;
  options.connect.max_response_bytes = config.max_response_bytes;
  // On the same machine, compression costs more time than it saves.
  options.connect.accept_gzip = config.gzip.value_or(!is_near);
  options.connect.retry.jitter = Jitter;
  if (config.kind == SourceKind::kGrafana) {
    options.grafana = pyroscope::GrafanaOptions{
        .datasource = config.datasource, .named = config.datasource_named};
  }
  return std::make_unique<pyroscope::PyroscopeSource>(std::move(options),
                                                      std::move(http), clock);
}

}  // namespace

source::Sources MakeSources(const Config& config, const Clock& clock,
                            Metrics* metrics) {
  std::vector<source::NamedSource> all;
  if (!config.profiles_dir.empty()) {
    all.push_back({"local", MakeFolder(config.profiles_dir, config, clock)});
  }
  for (const SourceConfig& one : config.sources) {
    all.push_back({one.name, one.kind == SourceKind::kLocal
                                 ? MakeFolder(one.folder, config, clock)
                                 : MakeRemoteSource(one, clock, metrics)});
  }
  return source::Sources(std::move(all));
}

}  // namespace pmcp::app
