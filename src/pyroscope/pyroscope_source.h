// PyroscopeSource: a Pyroscope server as a source of profiles, directly or
// through Grafana.
//
// The constructor sends no request. A window that a server does not accept at
// once is split into several requests where the joined answer is exact
// (pyroscope/windows.h). What the v1 read path refuses is asked about the part
// of the window that the v2 path reads, with a notice. Thread-safe.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "http/client/http_client.h"
#include "pyroscope/connect/connect_client.h"
#include "pyroscope/connect/credentials.h"
#include "pyroscope/connect/grafana.h"
#include "pyroscope/querier.h"
#include "pyroscope/recent_types.h"
#include "pyroscope/stack_query.h"
#include "pyroscope/windows.h"
#include "source/profile_source.h"

namespace pmcp::pyroscope {

struct PyroscopeOptions {
  /// URL of Pyroscope, with its path prefix; of Grafana if `grafana` is set.
  std::string url;
  CredentialOptions credentials;
  ConnectOptions connect;
  std::optional<GrafanaOptions> grafana;
};

class PyroscopeSource final : public source::ProfileSource {
 public:
  /// `clock` outlives the source.
  PyroscopeSource(PyroscopeOptions options,
                  std::unique_ptr<const http::HttpClient> http,
                  const Clock& clock);

  source::SourceInfo Info() const override;
  std::vector<source::Link> Links(
      const source::ProfileQuery& query) const override;
  /// Unknown if the server does not report it: the v2 read path does not report
  /// fresh data. A server with both read paths reports only the end while its
  /// oldest data are younger than an hour.
  Result<source::Answer<source::Coverage>> Covered(
      const CallContext& call) const override;
  /// The last hour.
  Result<source::Answer<TimeRange>> DefaultWindow(
      const CallContext& call) const override;
  Result<source::Answer<std::vector<profile::ProfileType>>> ProfileTypes(
      const source::LabelQuery& query, const CallContext& call) const override;
  Result<source::Answer<std::vector<profile::ProfileType>>> RecentProfileTypes(
      const source::LabelQuery& query, const CallContext& call) const override;
  Result<source::Answer<std::vector<std::string>>> LabelNames(
      const source::LabelQuery& query, const CallContext& call) const override;
  Result<source::Answer<std::vector<std::string>>> LabelValues(
      std::string_view name, const source::LabelQuery& query,
      const CallContext& call) const override;
  Result<source::Answer<std::vector<profile::Labels>>> Series(
      const source::LabelQuery& query, const std::vector<std::string>& names,
      const CallContext& call) const override;
  Result<source::Answer<profile::Stacks>> MergeStacktraces(
      const source::StacktraceQuery& query,
      const CallContext& call) const override;
  Result<source::Answer<std::vector<profile::Series>>> SelectSeries(
      const source::SeriesQuery& query, const CallContext& call) const override;
  /// Never split: the value buckets depend on all values of the window.
  Result<source::Answer<std::vector<profile::HeatmapSeries>>> SelectHeatmap(
      const source::HeatmapQuery& query,
      const CallContext& call) const override;
  Result<source::Answer<profile::Profile>> MergeProfile(
      const source::PprofQuery& query, const CallContext& call) const override;
  /// Asks for one type after the other if the query is about all types.
  Result<source::Answer<source::ExportedProfile>> ExportProfile(
      const source::ExportQuery& query, const CallContext& call) const override;

 private:
  template <typename T, typename Ask>
  Result<source::Answer<std::vector<T>>> Union(const source::LabelQuery& query,
                                               const CallContext& call,
                                               Ask ask) const;
  template <typename T, typename Ask>
  Result<source::Answer<T>> SinceSplit(const TimeRange& range,
                                       std::string_view what,
                                       const CallContext& call, Ask ask) const;
  std::vector<source::Notice> NoticesOn(const TimeRange& range) const;

  const PyroscopeOptions options_;
  const Clock& clock_;
  const std::unique_ptr<const http::HttpClient> http_;
  const Credentials credentials_;
  const std::unique_ptr<const Grafana> grafana_;  // null: no Grafana
  const Querier querier_;
  const Windows windows_;
  const StackQuery stacks_;
  mutable RecentTypes recent_types_;
};

}  // namespace pmcp::pyroscope
