#include "tests/support/fake_source.h"

#include <set>
#include <utility>

#include "base/text.h"
#include "tests/support/profile_builder.h"

namespace pmcp::test {

using profile::Labels;
using source::Answer;

std::vector<const Labels*> FakeSource::Matching(
    const source::LabelQuery& query) const {
  std::vector<const Labels*> matching;
  for (const auto& labels : all_series) {
    if (query.selector.Matches(labels)) matching.push_back(&labels);
  }
  return matching;
}

Result<Answer<source::Coverage>> FakeSource::Covered(const CallContext&) const {
  return Answer<source::Coverage>{covered, {}};
}

Result<Answer<TimeRange>> FakeSource::DefaultWindow(const CallContext&) const {
  return Answer<TimeRange>{default_window.value_or(covered.range), {}};
}

Result<Answer<std::vector<profile::ProfileType>>> FakeSource::ProfileTypes(
    const source::LabelQuery& query, const CallContext&) const {
  Answer<std::vector<profile::ProfileType>> answer{{}, notices};
  if (!Matching(query).empty()) answer.data = types;
  return answer;
}

Result<Answer<std::vector<std::string>>> FakeSource::LabelNames(
    const source::LabelQuery& query, const CallContext&) const {
  std::set<std::string> names;
  for (const Labels* labels : Matching(query)) {
    for (const auto& label : labels->all()) names.insert(label.name);
  }
  return Answer<std::vector<std::string>>{{names.begin(), names.end()},
                                          notices};
}

Result<Answer<std::vector<std::string>>> FakeSource::LabelValues(
    std::string_view name, const source::LabelQuery& query,
    const CallContext&) const {
  std::set<std::string> values;
  for (const Labels* labels : Matching(query)) {
    if (labels->Has(name)) values.emplace(labels->Get(name));
  }
  return Answer<std::vector<std::string>>{{values.begin(), values.end()},
                                          notices};
}

Result<Answer<std::vector<Labels>>> FakeSource::Series(
    const source::LabelQuery& query, const std::vector<std::string>& names,
    const CallContext&) const {
  std::set<Labels> projected;
  for (const Labels* labels : Matching(query)) {
    if (names.empty()) projected.insert(*labels);
    Labels kept;
    for (const auto& name : names) kept.Set(name, labels->Get(name));
    if (!names.empty()) projected.insert(kept);
  }
  return Answer<std::vector<Labels>>{{projected.begin(), projected.end()},
                                     notices};
}

Result<Answer<profile::Stacks>> FakeSource::MergeStacktraces(
    const source::StacktraceQuery& query, const CallContext&) const {
  Remember(query, stacktrace_queries);
  profile::StackTree tree;
  for (const auto& [frames, value] : stacks) {
    std::vector<profile::StringId> ids;
    for (const auto& frame : frames) ids.push_back(tree.names().Intern(frame));
    tree.AddStack(ids, value);
  }
  Answer<profile::Stacks> answer{{}, notices, folded};
  answer.data.AddTree(std::move(tree));
  return answer;
}

Result<Answer<std::vector<profile::Series>>> FakeSource::SelectSeries(
    const source::SeriesQuery& query, const CallContext&) const {
  Remember(query, series_queries);
  return Answer<std::vector<profile::Series>>{series_in_time, notices};
}

Result<Answer<std::vector<profile::HeatmapSeries>>> FakeSource::SelectHeatmap(
    const source::HeatmapQuery& query, const CallContext&) const {
  Remember(query, heatmap_queries);
  return Answer<std::vector<profile::HeatmapSeries>>{heatmap, notices};
}

Result<Answer<profile::Profile>> FakeSource::MergeProfile(
    const source::PprofQuery& query, const CallContext&) const {
  Remember(query, pprof_queries);
  const profile::ProfileType& type = query.profiles.type;
  ProfileBuilder builder({{type.sample_type, type.sample_unit}});
  for (const auto& [frames, value] : stacks) {
    builder.Sample(Join(frames, ";"), value);
  }
  return Answer<profile::Profile>{builder.Build(), notices};
}

Result<Answer<source::ExportedProfile>> FakeSource::ExportProfile(
    const source::ExportQuery& query, const CallContext& call) const {
  PMCP_TRY(merged, MergeProfile({.profiles = query.profiles}, call));
  return Answer<source::ExportedProfile>{{.profile = std::move(merged.data)},
                                         std::move(merged.notices)};
}

}  // namespace pmcp::test
