// Grafana: finds the Pyroscope data source of a Grafana and makes links to its
// pages.
//
// Requests go through Grafana's data source proxy, which adds the credentials
// of the data source and passes the rest unchanged. Thread-safe.
#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/call_context.h"
#include "base/result.h"
#include "http/client/http_client.h"
#include "pyroscope/connect/connect_client.h"
#include "pyroscope/connect/credentials.h"
#include "source/profile_source.h"

namespace pmcp::pyroscope {

struct GrafanaOptions {
  /// The uid or the name of the data source; "": the only Pyroscope data
  /// source.
  std::string datasource;
  /// The option that chooses the data source, for errors.
  std::string named = "GRAFANA_DATASOURCE_UID";
  /// The clock for kKeptTime; tests replace it.
  std::function<std::chrono::steady_clock::time_point()> now =
      &std::chrono::steady_clock::now;
};

struct Datasource {
  std::string uid;
  std::string name;
  /// Setting "minStep": the shortest useful step, the time between two
  /// profiles.
  std::optional<std::chrono::milliseconds> min_step;
};

/// The Pyroscope data sources in the response of `GET /api/datasources`, or of
/// `GET /api/datasources/uid/…`.
Result<std::vector<Datasource>> ParseDatasources(std::string_view body);

class Grafana {
 public:
  /// All references outlive it.
  Grafana(std::string url, GrafanaOptions options, const http::HttpClient& http,
          const Credentials& credentials, ConnectOptions connect);

  /// How long a data source is cached: an operator may recreate or rename it,
  /// or change its minStep.
  static constexpr std::chrono::minutes kKeptTime{5};

  /// The base URL of Pyroscope's API. Asks Grafana for its data sources if none
  /// is cached.
  Result<std::string> ProxyUrl(const CallContext& call) const;

  /// Built from the configuration and, once known, the data source. Sends no
  /// request.
  std::vector<source::Link> Links(const source::ProfileQuery& query) const;
  /// nullopt before the first request, or if the data source sets none.
  std::optional<std::chrono::milliseconds> MinStep() const;

 private:
  Result<Datasource> Find(const CallContext& call) const;
  Result<Datasource> Choose(std::vector<Datasource> all) const;
  Error CannotList(Error error) const;
  std::optional<Datasource> Found() const;
  std::optional<Datasource> FoundLately() const;

  const std::string url_;
  const GrafanaOptions options_;
  const std::string org_id_;
  const ConnectClient client_;
  mutable std::mutex mutex_;  // guards the two members below
  mutable std::optional<Datasource> found_;
  mutable std::chrono::steady_clock::time_point found_at_;
};

}  // namespace pmcp::pyroscope
