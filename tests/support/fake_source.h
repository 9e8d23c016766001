// FakeSource: a ProfileSource that answers from what a test puts into it, and
// remembers what it was asked.
#pragma once

#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "source/profile_source.h"

namespace pmcp::test {

/// Public fields are set before, and read after, the calls. Label questions
/// match `all_series`; the rest is answered as it is. Calls are thread-safe.
class FakeSource : public source::ProfileSource {
 public:
  source::Coverage covered;
  std::vector<profile::ProfileType> types;
  std::vector<profile::Labels> all_series;
  std::vector<std::pair<std::vector<std::string>, std::int64_t>> stacks;
  std::vector<profile::Series> series_in_time;
  std::vector<profile::HeatmapSeries> heatmap;
  std::vector<source::Notice> notices;
  std::vector<source::Link> links;
  std::int64_t folded = 0;
  std::optional<std::chrono::milliseconds> min_step;
  std::optional<TimeRange> default_window;  // nullopt: the covered time
  bool is_server = false;

  mutable std::vector<source::StacktraceQuery> stacktrace_queries;
  mutable std::vector<source::SeriesQuery> series_queries;
  mutable std::vector<source::HeatmapQuery> heatmap_queries;
  mutable std::vector<source::PprofQuery> pprof_queries;

  source::SourceInfo Info() const override {
    return {.kind = "fake",
            .location = "nowhere",
            .is_server = is_server,
            .min_step = min_step};
  }
  std::vector<source::Link> Links(const source::ProfileQuery&) const override {
    return links;
  }
  Result<source::Answer<source::Coverage>> Covered(
      const CallContext& call) const override;
  Result<source::Answer<TimeRange>> DefaultWindow(
      const CallContext& call) const override;
  Result<source::Answer<std::vector<profile::ProfileType>>> ProfileTypes(
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
  Result<source::Answer<std::vector<profile::HeatmapSeries>>> SelectHeatmap(
      const source::HeatmapQuery& query,
      const CallContext& call) const override;
  /// Of `stacks`.
  Result<source::Answer<profile::Profile>> MergeProfile(
      const source::PprofQuery& query, const CallContext& call) const override;
  /// As MergeProfile.
  Result<source::Answer<source::ExportedProfile>> ExportProfile(
      const source::ExportQuery& query, const CallContext& call) const override;

 private:
  template <typename Query>
  void Remember(const Query& query, std::vector<Query>& queries) const {
    const std::lock_guard lock(mutex_);
    queries.push_back(query);
  }
  std::vector<const profile::Labels*> Matching(
      const source::LabelQuery& query) const;

  mutable std::mutex mutex_;  // guards the queries
};

}  // namespace pmcp::test
