// DirectorySource: a folder of profile files as a source of profiles. It
// answers as a Pyroscope server would that received these files.
//
// Constructing it reads nothing. The first question reads the folder, later
// questions read the files that changed since. Thread-safe.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "base/clock.h"
#include "profile/pprof/profile_limits.h"
#include "source/profile_source.h"
#include "store/folder/folder_index.h"
#include "store/last_question.h"
#include "store/merge_stacks.h"

namespace pmcp::store {

struct DirectoryOptions {
  std::string folder;  // or one file
  IngestRules rules = IngestRules::kAsFiles;
  /// For decoded samples between questions; the index comes on top.
  std::size_t cache_bytes = std::size_t{1} << 30;
  /// The limits of each file.
  profile::ProfileLimits limits = {};
};

class DirectorySource final : public source::ProfileSource {
 public:
  /// `clock` outlives the source.
  DirectorySource(DirectoryOptions options, const Clock& clock);

  source::SourceInfo Info() const override;
  std::vector<source::Link> Links(const source::ProfileQuery&) const override {
    return {};
  }
  Result<source::Answer<source::Coverage>> Covered(
      const CallContext& call) const override;
  /// The whole covered time; the last hour if there are no profiles.
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
  Result<source::Answer<profile::Profile>> MergeProfile(
      const source::PprofQuery& query, const CallContext& call) const override;
  Result<source::Answer<source::ExportedProfile>> ExportProfile(
      const source::ExportQuery& query, const CallContext& call) const override;

 private:
  template <typename Ask>
  auto FromSnapshot(const CallContext& call, Ask ask) const;
  template <typename Query, typename Ask>
  auto ValuesFromSnapshot(const Query& query, const CallContext& call,
                          Ask ask) const;
  Result<FromFiles<profile::Stacks>> StacksOf(
      const Snapshot& snapshot, const source::StacktraceQuery& query,
      const CallContext& call) const;
  template <typename Query, typename Merge>
  auto FromSamples(const Query& query, const CallContext& call,
                   Merge merge) const;

  const Clock& clock_;
  const IngestRules rules_;
  // Mutable, as a question updates it to the current state of the folder.
  mutable FolderIndex index_;
  mutable LastQuestion last_question_{
      [this](std::size_t bytes) { index_.SetAside(bytes); }};
};

}  // namespace pmcp::store
