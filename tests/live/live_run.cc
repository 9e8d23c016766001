#include "tests/live/live_run.h"

#include <fmt/core.h>

#include <chrono>
#include <random>
#include <utility>

#include "app/compose.h"
#include "base/sanitize.h"
#include "base/text.h"
#include "http/client/curl_http_client.h"
#include "pyroscope/connect/connect_client.h"
#include "pyroscope/connect/credentials.h"
#include "pyroscope/querier.h"
#include "store/directory_source.h"
#include "tests/live/moved_oracle.h"

namespace pmcp::live {
namespace {

Result<void> Push(const app::SourceConfig& server, const http::HttpClient& http,
                  const std::string& message) {
  PMCP_TRY(headers, pyroscope::Credentials(server.credentials).Headers());
  headers.push_back(
      {"Content-Type", Redacted(std::string("application/proto"))});
  PMCP_TRY(answer, http.Send({.url = server.url + "/push.v1.PusherService/Push",
                              .headers = std::move(headers),
                              .body = message},
                             CallContext()));
  if (answer.status == 200) return {};
  return Error{ErrorKind::kUnavailable,
               fmt::format("a push was refused with status {}: {}",
                           answer.status, Shorten(Sanitize(answer.body), 500)),
               "The server must take profiles of the last 40 minutes."};
}

/// A random name, which separates the profiles of different runs.
std::string NameOfRun() {
  std::random_device random;
  return fmt::format("r{:08x}{:08x}", random(), random());
}

/// What `-architecture.storage` is, as far as a client can tell.
Result<std::string> ModeOf(const app::SourceConfig& server,
                           const http::HttpClient& http, const Clock& clock) {
  const pyroscope::Credentials credentials(server.credentials);
  const pyroscope::Querier querier(pyroscope::ConnectClient(
      http,
      [&](const CallContext&) -> Result<std::string> { return server.url; },
      credentials, {}));
  const TimePointMs begin(std::chrono::milliseconds(1));
  PMCP_TRY(division, querier.Divide({begin, FloorToMs(clock.Now())}, {}));
  if (!division.begins_old) return std::string("v2");
  if (!division.split) return std::string("v1");
  return fmt::format("v1-v2-dual, v2 from {} on", FormatTime(*division.split));
}

}  // namespace

Result<Comparison> RunLive(const app::SourceConfig& pushed_to,
                           const app::SourceConfig& asked, const Clock& clock) {
  const MovedOracle oracle(FloorToMs(clock.Now()), NameOfRun());
  const http::CurlHttpClient http({.ca_file = pushed_to.ca_file});
  PMCP_TRY_VOID(Push(pushed_to, http, oracle.push()));
  const store::DirectorySource folder(
      {.folder = oracle.folder(), .rules = store::IngestRules::kAsPushed},
      clock);
  app::Config config;
  config.sources = {asked};
  const source::Sources sources = app::MakeSources(config, clock);
  Comparison comparison = Compare(folder, *sources.all()[0].source,
                                  oracle.selector(), oracle.window());
  PMCP_TRY(mode, ModeOf(pushed_to, http, clock));
  comparison.mode = std::move(mode);
  return comparison;
}

}  // namespace pmcp::live
