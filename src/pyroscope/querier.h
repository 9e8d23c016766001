// Querier: the RPCs of querier.v1 as typed methods. For an old server it sends
// the equivalent that the server supports, or returns kUnsupported with the
// version that is needed.
//
// Thread-safe.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/call_context.h"
#include "base/result.h"
#include "profile/pprof/pprof.h"
#include "profile/stacks/stack_tree.h"
#include "profile/time/heatmap.h"
#include "profile/time/series.h"
#include "profile/words/labels.h"
#include "profile/words/profile_type.h"
#include "pyroscope/connect/connect_client.h"
#include "pyroscope/read_path.h"
#include "pyroscope/upstream_version.h"
#include "pyroscope/wire/wire_labels.h"
#include "source/query.h"

namespace pmcp::pyroscope {

class Querier {
 public:
  explicit Querier(ConnectClient client);
  Querier(const Querier&) = delete;
  Querier& operator=(const Querier&) = delete;

  /// Asks the server once and keeps the answer, unless it is an authentication
  /// error. "" if the server does not report its version.
  Result<UpstreamVersion> Version(const CallContext& call) const;
  /// nullopt before the first successful call of Version.
  std::optional<UpstreamVersion> KnownVersion() const;

  Result<ProfileStats> Stats(const CallContext& call) const;
  /// With a selector, reads the values of __profile_type__, since the RPC
  /// ProfileTypes takes no selector.
  Result<std::vector<profile::ProfileType>> ProfileTypes(
      const source::LabelQuery& query, const CallContext& call) const;
  Result<std::vector<std::string>> LabelNames(const source::LabelQuery& query,
                                              const CallContext& call) const;
  Result<std::vector<std::string>> LabelValues(std::string_view name,
                                               const source::LabelQuery& query,
                                               const CallContext& call) const;
  Result<std::vector<profile::Labels>> Series(
      const source::LabelQuery& query, const std::vector<std::string>& names,
      const CallContext& call) const;

  /// Whether the server would ignore the call site of this query. The caller
  /// must then send the query without it and filter the answer.
  Result<bool> DropsCallSite(const source::StacktraceQuery& query,
                             const CallContext& call) const;
  Result<profile::StackTree> Stacktraces(const source::StacktraceQuery& query,
                                         std::int64_t max_nodes,
                                         const CallContext& call) const;
  Result<profile::Profile> MergeProfile(const source::PprofQuery& query,
                                        const CallContext& call) const;
  /// As in ReadPath; for servers too old to have two paths, the v1 path reads
  /// every range.
  Result<Division> Divide(const TimeRange& range,
                          const CallContext& call) const;
  std::optional<Division> KnownDivision(const TimeRange& range) const;
  std::optional<TimePointMs> KnownSplit() const { return path_.Split(); }
  void RememberSplit(TimePointMs split) const { path_.RememberSplit(split); }
  Result<std::vector<profile::Series>> SelectSeries(
      const source::SeriesQuery& query, const CallContext& call) const;
  Result<std::vector<profile::HeatmapSeries>> SelectHeatmap(
      const source::HeatmapQuery& query, const CallContext& call) const;

 private:
  Result<void> Require(Feature feature, const CallContext& call) const;
  Result<void> CheckSamples(const source::ProfileQuery& profiles,
                            const source::SampleSelection& samples,
                            const CallContext& call) const;
  Result<bool> TakesSpans(const source::StacktraceQuery& query,
                          const UpstreamVersion& version,
                          const CallContext& call) const;
  Result<bool> ReadsNewStorage(const source::ProfileQuery& profiles,
                               const CallContext& call) const;
  Result<profile::StackTree> SpanProfile(const source::StacktraceQuery& query,
                                         std::int64_t max_nodes,
                                         const UpstreamVersion& version,
                                         const CallContext& call) const;

  const ConnectClient client_;
  const ReadPath path_;       // uses client_
  mutable std::mutex mutex_;  // guards version_
  mutable std::optional<UpstreamVersion> version_;
};

}  // namespace pmcp::pyroscope
