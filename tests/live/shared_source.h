// SharedSource: forwards to a source that the caller owns, for interfaces that
// take ownership.
#pragma once

#include <string>
#include <vector>

#include "source/profile_source.h"

namespace pmcp::live {

class SharedSource final : public source::ProfileSource {
 public:
  /// `source` outlives it.
  explicit SharedSource(const source::ProfileSource& source)
      : source_(source) {}

  source::SourceInfo Info() const override { return source_.Info(); }
  std::vector<source::Link> Links(
      const source::ProfileQuery& query) const override {
    return source_.Links(query);
  }
  Result<source::Answer<source::Coverage>> Covered(
      const CallContext& call) const override {
    return source_.Covered(call);
  }
  Result<source::Answer<TimeRange>> DefaultWindow(
      const CallContext& call) const override {
    return source_.DefaultWindow(call);
  }
  Result<source::Answer<std::vector<profile::ProfileType>>> ProfileTypes(
      const source::LabelQuery& query, const CallContext& call) const override {
    return source_.ProfileTypes(query, call);
  }
  Result<source::Answer<std::vector<std::string>>> LabelNames(
      const source::LabelQuery& query, const CallContext& call) const override {
    return source_.LabelNames(query, call);
  }
  Result<source::Answer<std::vector<std::string>>> LabelValues(
      std::string_view name, const source::LabelQuery& query,
      const CallContext& call) const override {
    return source_.LabelValues(name, query, call);
  }
  Result<source::Answer<std::vector<profile::Labels>>> Series(
      const source::LabelQuery& query, const std::vector<std::string>& names,
      const CallContext& call) const override {
    return source_.Series(query, names, call);
  }
  Result<source::Answer<profile::Stacks>> MergeStacktraces(
      const source::StacktraceQuery& query,
      const CallContext& call) const override {
    return source_.MergeStacktraces(query, call);
  }
  Result<source::Answer<std::vector<profile::Series>>> SelectSeries(
      const source::SeriesQuery& query,
      const CallContext& call) const override {
    return source_.SelectSeries(query, call);
  }
  Result<source::Answer<std::vector<profile::HeatmapSeries>>> SelectHeatmap(
      const source::HeatmapQuery& query,
      const CallContext& call) const override {
    return source_.SelectHeatmap(query, call);
  }
  Result<source::Answer<profile::Profile>> MergeProfile(
      const source::PprofQuery& query, const CallContext& call) const override {
    return source_.MergeProfile(query, call);
  }
  Result<source::Answer<source::ExportedProfile>> ExportProfile(
      const source::ExportQuery& query,
      const CallContext& call) const override {
    return source_.ExportProfile(query, call);
  }

 private:
  const source::ProfileSource& source_;
};

}  // namespace pmcp::live
