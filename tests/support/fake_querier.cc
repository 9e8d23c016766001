#include "tests/support/fake_querier.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "profile/merge/pprof_merge.h"
#include "profile/pprof/pprof_encode.h"
#include "profile/stacks/truncate.h"
#include "pyroscope/range_split.h"
#include "pyroscope/upstream_version.h"
#include "tests/support/fake_router.h"
#include "tests/support/wire_decode.h"
#include "tests/support/wire_encode.h"

namespace pmcp::test {
namespace {

using namespace pmcp::pyroscope;
using Bytes = Result<std::string>;

constexpr std::int64_t kDefaultNodes = 8192;

struct Asked {
  const source::ProfileSource& source;
  const FakePyroscopeOptions& options;
  const std::string& message;

  bool Knows(Feature feature) const {
    return UpstreamVersion(options.version).Has(feature);
  }
};

Error NotInV1(std::string what) {
  return {ErrorKind::kUnsupported, std::move(what), ""};
}

TimeRange WholeOf(const std::vector<RoutedPart>& parts) {
  return {parts.front().range.from, parts.back().range.to};
}

/// The answers of both paths to questions about the index are merged.
Result<source::LabelQuery> LabelsOf(const Asked& asked, const WireRange& wire,
                                    const std::vector<std::string>& matchers) {
  PMCP_TRY(parts, Route(asked.options, wire));
  return source::MakeLabelQuery(matchers, WholeOf(parts));
}

/// The query that one path gets.
struct PathQuery {
  source::ProfileQuery profiles;
  bool is_old = false;
};

Result<std::vector<PathQuery>> PathsOf(const Asked& asked,
                                       const WireProfiles& wire) {
  PMCP_TRY(parts, Route(asked.options, wire.range));
  std::vector<PathQuery> paths;
  for (const RoutedPart& part : parts) {
    PMCP_TRY(profiles,
             source::MakeProfileQuery(wire.profile_type_id, wire.label_selector,
                                      part.range));
    paths.push_back({std::move(profiles), part.is_old});
  }
  return paths;
}

Bytes ProfileTypes(const Asked& asked) {
  const auto request = DecodeRequest<ProfileTypesRequest>(asked.message);
  PMCP_TRY(query, LabelsOf(asked, request.range, {}));
  PMCP_TRY(answer, asked.source.ProfileTypes(query, {}));
  return EncodeAnswer(answer.data);
}

Bytes LabelNames(const Asked& asked) {
  const auto request = DecodeRequest<LabelNamesRequest>(asked.message);
  PMCP_TRY(query, LabelsOf(asked, request.range, request.matchers));
  PMCP_TRY(answer, asked.source.LabelNames(query, {}));
  return EncodeAnswer(answer.data);
}

Bytes LabelValues(const Asked& asked) {
  const auto request = DecodeRequest<LabelValuesRequest>(asked.message);
  PMCP_TRY(query, LabelsOf(asked, request.range, request.matchers));
  PMCP_TRY(answer, asked.source.LabelValues(request.name, query, {}));
  return EncodeAnswer(answer.data);
}

Bytes Series(const Asked& asked) {
  const auto request = DecodeRequest<SeriesRequest>(asked.message);
  PMCP_TRY(query, LabelsOf(asked, request.range, request.matchers));
  PMCP_TRY(answer, asked.source.Series(query, request.label_names, {}));
  return EncodeAnswer(answer.data);
}

/// As a store answers, and as it is sent on from there.
Result<profile::StackTree> TreeOf(
    const Asked& asked, const std::vector<source::StacktraceQuery>& queries,
    std::int64_t max_nodes) {
  if (max_nodes > asked.options.max_nodes) {
    return InvalidArgument(
        fmt::format("max flamegraph nodes limit {} is greater than allowed {}",
                    max_nodes, asked.options.max_nodes));
  }
  if (max_nodes == 0) max_nodes = kDefaultNodes;
  profile::Stacks merged;
  for (const source::StacktraceQuery& query : queries) {
    PMCP_TRY(answer, asked.source.MergeStacktraces(query, {}));
    auto sent = profile::TruncateSent(
        profile::TruncateStored(answer.data.ToTree(), max_nodes), max_nodes);
    if (queries.size() == 1) return sent;
    merged.AddTree(std::move(sent));
  }
  return profile::TruncateSent(merged.ToTree(), max_nodes);
}

Bytes EncodeStacks(const Asked& asked, const profile::StackTree& tree,
                   ProfileFormat format) {
  // Routing to both paths, a server asks them for trees and sends these, too.
  const bool dual = asked.options.mode == ServerMode::kDual;
  const bool wants_tree =
      format == ProfileFormat::kTree && asked.Knows(Feature::kTreeFormat);
  return (wants_tree ? "" : EncodeFlamegraph(tree)) +
         (wants_tree || dual ? EncodeTree(tree) : "");
}

/// What the version or the path does not know, it ignores; the old path refuses
/// trace ids.
Result<source::SampleSelection> SamplesOf(const Asked& asked, bool is_old,
                                          bool is_pprof,
                                          source::SampleSelectionTexts texts) {
  const bool is_new = !is_old && asked.Knows(Feature::kHeatmaps);
  if (!asked.Knows(Feature::kSpanSelector)) texts.span_ids.clear();
  if (!asked.Knows(Feature::kTraceIds)) texts.trace_ids.clear();
  if (is_old && !texts.trace_ids.empty()) {
    return NotInV1(
        "trace_id_selector is only supported with the v2 query backend");
  }
  if (!is_new) texts.profile_ids.clear();
  // Merged profiles always knew call sites.
  if (!is_new && !is_pprof) texts.call_site.clear();
  return source::MakeSampleSelection(texts);
}

std::vector<std::string> CallSiteOf(
    const std::optional<StackTraceSelector>& selector) {
  return selector ? selector->call_site : std::vector<std::string>();
}

std::optional<profile::PgoOptions> PgoOf(
    const std::optional<StackTraceSelector>& selector) {
  return selector ? selector->go_pgo : std::nullopt;
}

/// The answer of the only path, or the sum of both.
Result<profile::Profile> PprofOf(
    const Asked& asked, const std::vector<source::PprofQuery>& queries) {
  const auto& last = queries.back();
  profile::PprofMerge merge(last.profiles.type, last.profiles.range.to,
                            last.pgo);
  for (const source::PprofQuery& query : queries) {
    PMCP_TRY(answer, asked.source.MergeProfile(query, {}));
    if (queries.size() == 1) return std::move(answer.data);
    std::vector<profile::SamplePick> picks;
    for (std::uint32_t i = 0; i < answer.data.samples.size(); ++i) {
      picks.push_back({i, answer.data.samples.values(i).front()});
    }
    if (!picks.empty()) merge.Add(answer.data, picks);
  }
  return std::move(merge).Finish();
}

Bytes MergeStacktraces(const Asked& asked) {
  const auto request =
      DecodeRequest<SelectMergeStacktracesRequest>(asked.message);
  if (!request.trace_ids.empty() && !request.span_ids.empty() &&
      asked.Knows(Feature::kTraceIds)) {
    return InvalidArgument(
        "span_selector and trace_id_selector cannot be combined");
  }
  PMCP_TRY(paths, PathsOf(asked, request.profiles));
  const bool is_pprof = request.format == ProfileFormat::kPprof &&
                        asked.Knows(Feature::kPprofFormat);
  const source::SampleSelectionTexts texts{
      .span_ids = request.span_ids,
      .trace_ids = request.trace_ids,
      .profile_ids = request.profile_ids,
      .call_site = CallSiteOf(request.stack_trace_selector)};
  std::vector<source::StacktraceQuery> trees;
  std::vector<source::PprofQuery> pprofs;
  for (const PathQuery& path : paths) {
    PMCP_TRY(samples,
             SamplesOf(asked, path.is_old,
                       request.format == ProfileFormat::kPprof, texts));
    trees.push_back({path.profiles, samples});
    pprofs.push_back({.profiles = path.profiles,
                      .samples = samples,
                      .max_nodes = request.max_nodes.value_or(0),
                      .pgo = PgoOf(request.stack_trace_selector)});
  }
  if (is_pprof) {
    PMCP_TRY(merged, PprofOf(asked, pprofs));
    return EncodePprofAnswer(merged);
  }
  PMCP_TRY(tree, TreeOf(asked, trees, request.max_nodes.value_or(0)));
  return EncodeStacks(asked, tree, request.format);
}

Bytes MergeSpanProfile(const Asked& asked) {
  const auto request =
      DecodeRequest<SelectMergeSpanProfileRequest>(asked.message);
  PMCP_TRY(paths, PathsOf(asked, request.profiles));
  PMCP_TRY(samples, source::MakeSampleSelection({.span_ids = request.span_ids,
                                                 .trace_ids = {},
                                                 .profile_ids = {},
                                                 .call_site = {}}));
  std::vector<source::StacktraceQuery> trees;
  for (const PathQuery& path : paths) trees.push_back({path.profiles, samples});
  PMCP_TRY(tree, TreeOf(asked, trees, request.max_nodes.value_or(0)));
  return EncodeStacks(asked, tree, request.format);
}

Bytes MergeProfile(const Asked& asked) {
  const auto request = DecodeRequest<SelectMergeProfileRequest>(asked.message);
  PMCP_TRY(paths, PathsOf(asked, request.profiles));
  std::vector<source::PprofQuery> queries;
  for (const PathQuery& path : paths) {
    PMCP_TRY(
        samples,
        SamplesOf(asked, path.is_old, /*is_pprof=*/true,
                  {.span_ids = {},
                   .trace_ids = request.trace_ids,
                   .profile_ids = request.profile_ids,
                   .call_site = CallSiteOf(request.stack_trace_selector)}));
    queries.push_back({.profiles = path.profiles,
                       .samples = samples,
                       .max_nodes = request.max_nodes.value_or(0),
                       .pgo = PgoOf(request.stack_trace_selector)});
  }
  PMCP_TRY(merged, PprofOf(asked, queries));
  if (merged.samples.size() == 0) return std::string();
  return profile::EncodePprof(merged);
}

/// Each path has a grid of its own, and the new one knows nothing from before
/// its time (docs/pyroscope-behavior.md, "Series buckets").
Result<void> AddSeriesOf(const Asked& asked, source::SeriesQuery query,
                         bool is_old, pyroscope::SeriesJoin& join) {
  using std::chrono::milliseconds;
  const auto add = [&](const source::SeriesQuery& part,
                       std::optional<TimePointMs> keep_after) -> Result<void> {
    PMCP_TRY(answer, asked.source.SelectSeries(part, {}));
    join.Add({.query = part, .keep_after = keep_after, .bucket = {}},
             std::move(answer.data));
    return {};
  };
  const auto& since = asked.options.new_since;
  const bool has_both = asked.options.mode == ServerMode::kDual && since;
  if (is_old || !has_both) return add(query, {});
  // The first point, of the step before the window, by a question of its own.
  const TimePointMs from = query.profiles.range.from;
  const TimePointMs begin =
      std::max(*since - milliseconds(1), from - query.step - milliseconds(1));
  source::SeriesQuery first = query;
  first.profiles.range = {begin, from};
  first.step = from - begin;
  PMCP_TRY_VOID(add(first, begin));
  return add(query, from);
}

Bytes SelectSeries(const Asked& asked) {
  const auto request = DecodeRequest<SelectSeriesRequest>(asked.message);
  const bool exemplars = request.exemplars == WireExemplars::kIndividual &&
                         asked.Knows(Feature::kExemplars);
  if (exemplars && AsksOldPath(asked.options, request.profiles.range)) {
    return NotInV1("exemplars are not available in v1 frontend");
  }
  PMCP_TRY(paths, PathsOf(asked, request.profiles));
  pyroscope::SeriesJoin join;
  source::SeriesQuery whole;
  for (const PathQuery& path : paths) {
    PMCP_TRY(query, source::MakeSeriesQuery(
                        path.profiles, request.group_by, request.step_seconds,
                        exemplars ? source::ExemplarKind::kIndividual
                                  : source::ExemplarKind::kNone,
                        request.limit.value_or(0)));
    whole = query;
    // The router applies the limit to the sum of both paths.
    if (paths.size() > 1) query.limit = 0;
    PMCP_TRY_VOID(AddSeriesOf(asked, query, path.is_old, join));
  }
  return EncodeAnswer(std::move(join).Finish(whole));
}

Bytes SelectHeatmap(const Asked& asked) {
  const auto request = DecodeRequest<SelectHeatmapRequest>(asked.message);
  if (!asked.Knows(Feature::kHeatmaps)) return NotFound("no such method");
  if (AsksOldPath(asked.options, request.profiles.range)) {
    return NotInV1("this endpoint is not available in v1 frontend");
  }
  if (request.step_seconds < 0.001) {
    return InvalidArgument("step must be >= 1ms, got 0.000000");
  }
  PMCP_TRY(paths, PathsOf(asked, request.profiles));
  const bool spans = request.kind == WireHeatmapKind::kSpan;
  const auto kind =
      spans ? source::ExemplarKind::kSpan : source::ExemplarKind::kIndividual;
  const bool exemplars = request.exemplars != WireExemplars::kUnspecified;
  PMCP_TRY(query,
           source::MakeHeatmapQuery(
               std::move(paths.front().profiles),
               {.group_by = request.group_by,
                .step_seconds = request.step_seconds,
                .kind = spans ? source::HeatmapKind::kSpan
                              : source::HeatmapKind::kIndividual,
                .exemplars = exemplars ? kind : source::ExemplarKind::kNone,
                .limit = request.limit.value_or(0)}));
  PMCP_TRY(answer, asked.source.SelectHeatmap(query, {}));
  return EncodeAnswer(answer.data);
}

Bytes Stats(const Asked& asked) {
  if (asked.options.tenant.find('|') != std::string::npos) {
    return InvalidArgument("expected 1 tenant, got 2");
  }
  if (!asked.options.has_stats) return EncodeAnswer(ProfileStats{});
  PMCP_TRY(covered, asked.source.Covered({}));
  const TimeRange& range = covered.data.range;
  ProfileStats stats{.data_ingested = covered.data.profiles > 0,
                     .oldest_ms = range.from.time_since_epoch().count(),
                     .newest_ms = range.to.time_since_epoch().count()};
  // The smaller one of both paths', and the old path without data says 0.
  if (AsksBothForStats(asked.options)) stats.oldest_ms = 0;
  return EncodeAnswer(stats);
}

constexpr struct {
  std::string_view method;
  Bytes (*answer)(const Asked& asked);
} kMethods[] = {
    {"ProfileTypes", ProfileTypes},
    {"LabelNames", LabelNames},
    {"LabelValues", LabelValues},
    {"Series", Series},
    {"SelectMergeStacktraces", MergeStacktraces},
    {"SelectMergeSpanProfile", MergeSpanProfile},
    {"SelectMergeProfile", MergeProfile},
    {"SelectSeries", SelectSeries},
    {"SelectHeatmap", SelectHeatmap},
    {"GetProfileStats", Stats},
};

}  // namespace

Result<std::string> FakeQuerier::Answer(std::string_view method,
                                        const std::string& message) const {
  for (const auto& row : kMethods) {
    if (row.method == method) {
      return row.answer(Asked{source_, options_, message});
    }
  }
  return NotFound("no such method");
}

}  // namespace pmcp::test
