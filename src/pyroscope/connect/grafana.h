// Grafana: finds the Pyroscope data source behind a Grafana, and makes links
// into it.
//
// Questions go through Grafana's data source proxy: it adds what Pyroscope
// wants to see, and passes the rest unchanged. Thread-safe.
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
  /// The uid of the data source, or its name; "": the only one there is.
  std::string datasource;
  /// What the operator sets to choose one, for errors.
  std::string named = "GRAFANA_DATASOURCE_UID";
  /// When the data source was looked for; another one for tests.
  std::function<std::chrono::steady_clock::time_point()> now =
      &std::chrono::steady_clock::now;
};

struct Datasource {
  std::string uid;
  std::string name;
  /// The shortest step that makes sense there: the time between two profiles.
  std::optional<std::chrono::milliseconds> min_step;
};

/// Those of Pyroscope in what `GET /api/datasources` answers.
Result<std::vector<Datasource>> ParseDatasources(std::string_view body);

class Grafana {
 public:
  /// All references outlive it.
  Grafana(std::string url, GrafanaOptions options, const http::HttpClient& http,
          const Credentials& credentials, ConnectOptions connect);

  /// For how long nobody asks again which data sources there are: they are
  /// made anew, renamed, given another minStep.
  static constexpr std::chrono::minutes kKeptTime{5};

  /// Where the API of Pyroscope is. Asks which data sources there are, if that
  /// is not known.
  Result<std::string> ProxyUrl(const CallContext& call) const;

  /// Made of the configuration and, once it is known, the data source.
  std::vector<source::Link> Links(const source::ProfileQuery& query) const;
  /// nullopt while nothing was asked, or when none is set.
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
  mutable std::mutex mutex_;  // guards both below
  mutable std::optional<Datasource> found_;
  mutable std::chrono::steady_clock::time_point found_at_;
};

}  // namespace pmcp::pyroscope
