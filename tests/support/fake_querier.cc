#include "tests/support/fake_querier.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "profile/pprof/pprof_encode.h"
#include "profile/stacks/truncate.h"
#include "pyroscope/range_split.h"
#include "pyroscope/upstream_version.h"
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
  /// The old storage drops what it does not know.
  bool ReadsNewStorage() const {
    return options.mode != ServerMode::kV1 && Knows(Feature::kHeatmaps);
  }
};

Error NotInV1(std::string what) {
  return {ErrorKind::kUnsupported, std::move(what), ""};
}

Result<TimeRange> RangeOf(const Asked& asked, const WireRange& wire) {
  if (wire.start == 0 || wire.end == 0) {
    return InvalidArgument("missing time range in the query");
  }
  PMCP_TRY(range, source::MakeTimeRange(wire.start, wire.end));
  const auto most = asked.options.max_query_length;
  if (most.count() != 0 && range.length() > most) {
    return InvalidArgument(fmt::format(
        "the query time range exceeds the limit (max_query_length, actual: "
        "{}ms, limit: {}ms)",
        range.length().count(), most.count()));
  }
  return std::move(range);
}

Result<source::LabelQuery> LabelsOf(const Asked& asked, const WireRange& wire,
                                    const std::vector<std::string>& matchers) {
  PMCP_TRY(range, RangeOf(asked, wire));
  return source::MakeLabelQuery(matchers, range);
}

Result<source::ProfileQuery> ProfilesOf(const Asked& asked,
                                        const WireProfiles& wire) {
  PMCP_TRY(range, RangeOf(asked, wire.range));
  return source::MakeProfileQuery(wire.profile_type_id, wire.label_selector,
                                  range);
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
Result<profile::StackTree> TreeOf(const Asked& asked,
                                  const source::StacktraceQuery& query,
                                  std::int64_t max_nodes) {
  if (max_nodes > asked.options.max_nodes) {
    return InvalidArgument(
        fmt::format("max flamegraph nodes limit {} is greater than allowed {}",
                    max_nodes, asked.options.max_nodes));
  }
  if (max_nodes == 0) max_nodes = kDefaultNodes;
  PMCP_TRY(answer, asked.source.MergeStacktraces(query, {}));
  return profile::TruncateSent(
      profile::TruncateStored(answer.data.ToTree(), max_nodes), max_nodes);
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

/// What the version that is played does not know, it ignores.
Result<source::SampleSelection> SamplesOf(
    const Asked& asked, const SelectMergeStacktracesRequest& request) {
  source::SampleSelectionTexts texts;
  if (asked.Knows(Feature::kSpanSelector)) texts.span_ids = request.span_ids;
  if (asked.Knows(Feature::kTraceIds)) texts.trace_ids = request.trace_ids;
  if (asked.ReadsNewStorage()) {
    texts.profile_ids = request.profile_ids;
  }
  // Merged profiles always knew them.
  const bool is_pprof = request.format == ProfileFormat::kPprof;
  if (request.stack_trace_selector && (asked.ReadsNewStorage() || is_pprof)) {
    texts.call_site = request.stack_trace_selector->call_site;
  }
  return source::MakeSampleSelection(texts);
}

std::optional<profile::PgoOptions> PgoOf(
    const std::optional<StackTraceSelector>& selector) {
  return selector ? selector->go_pgo : std::nullopt;
}

Bytes MergeStacktraces(const Asked& asked) {
  const auto request =
      DecodeRequest<SelectMergeStacktracesRequest>(asked.message);
  if (!request.trace_ids.empty() && !request.span_ids.empty() &&
      asked.Knows(Feature::kTraceIds)) {
    return InvalidArgument(
        "span_selector and trace_id_selector cannot be combined");
  }
  if (asked.options.mode == ServerMode::kV1 && !request.trace_ids.empty() &&
      asked.Knows(Feature::kTraceIds)) {
    return NotInV1(
        "trace_id_selector is only supported with the v2 query backend");
  }
  PMCP_TRY(profiles, ProfilesOf(asked, request.profiles));
  PMCP_TRY(samples, SamplesOf(asked, request));
  if (request.format == ProfileFormat::kPprof &&
      asked.Knows(Feature::kPprofFormat)) {
    PMCP_TRY(answer, asked.source.MergeProfile(
                         {.profiles = profiles,
                          .samples = samples,
                          .max_nodes = request.max_nodes.value_or(0),
                          .pgo = PgoOf(request.stack_trace_selector)},
                         {}));
    return EncodePprofAnswer(answer.data);
  }
  PMCP_TRY(tree,
           TreeOf(asked, {profiles, samples}, request.max_nodes.value_or(0)));
  return EncodeStacks(asked, tree, request.format);
}

Bytes MergeSpanProfile(const Asked& asked) {
  const auto request =
      DecodeRequest<SelectMergeSpanProfileRequest>(asked.message);
  PMCP_TRY(profiles, ProfilesOf(asked, request.profiles));
  PMCP_TRY(samples, source::MakeSampleSelection({.span_ids = request.span_ids,
                                                 .trace_ids = {},
                                                 .profile_ids = {},
                                                 .call_site = {}}));
  PMCP_TRY(tree,
           TreeOf(asked, {profiles, samples}, request.max_nodes.value_or(0)));
  return EncodeStacks(asked, tree, request.format);
}

Bytes MergeProfile(const Asked& asked) {
  const auto request = DecodeRequest<SelectMergeProfileRequest>(asked.message);
  PMCP_TRY(profiles, ProfilesOf(asked, request.profiles));
  const auto& selector = request.stack_trace_selector;
  PMCP_TRY(samples, source::MakeSampleSelection(
                        {.span_ids = {},
                         .trace_ids = asked.Knows(Feature::kTraceIds)
                                          ? request.trace_ids
                                          : std::vector<std::string>(),
                         .profile_ids = asked.ReadsNewStorage()
                                            ? request.profile_ids
                                            : std::vector<std::string>(),
                         .call_site = selector ? selector->call_site
                                               : std::vector<std::string>()}));
  PMCP_TRY(answer, asked.source.MergeProfile(
                       {.profiles = profiles,
                        .samples = samples,
                        .max_nodes = request.max_nodes.value_or(0),
                        .pgo = PgoOf(selector)},
                       {}));
  if (answer.data.samples.size() == 0) return std::string();
  return profile::EncodePprof(answer.data);
}

TimeRange TimesOf(const WireRange& wire) {
  return {TimePointMs(std::chrono::milliseconds(wire.start)),
          TimePointMs(std::chrono::milliseconds(wire.end))};
}

/// Whether the old path reads some of it, or all.
bool ReadsOldPath(const Asked& asked, const TimeRange& range) {
  const auto& since = asked.options.new_since;
  return since && range.from <= *since;
}

/// As of a server with two read paths, each of which has a grid of its own, and
/// the new one nothing from before its time (docs/pyroscope-behavior.md,
/// "Series buckets").
Result<std::vector<profile::Series>> SeriesOfPaths(
    const Asked& asked, const source::SeriesQuery& query) {
  using std::chrono::milliseconds;
  const TimeRange& range = query.profiles.range;
  const auto& since = asked.options.new_since;
  pyroscope::SeriesJoin join;
  const auto add = [&](const source::SeriesQuery& part,
                       std::optional<TimePointMs> keep_after) -> Result<void> {
    PMCP_TRY(answer, asked.source.SelectSeries(part, {}));
    join.Add({.query = part, .keep_after = keep_after, .bucket = {}},
             std::move(answer.data));
    return {};
  };
  if (!since || range.to < *since) {
    PMCP_TRY_VOID(add(query, {}));
    return std::move(join).Finish(query);
  }
  source::SeriesQuery old = query;
  old.profiles.range.to = *since - milliseconds(1);
  if (old.profiles.range.to > range.from) PMCP_TRY_VOID(add(old, {}));
  source::SeriesQuery part = query;
  const TimePointMs from = std::max(range.from, *since);
  part.profiles.range.from = from;
  // The first point, of the step before the window, by a question of its own.
  const TimePointMs begin =
      std::max(*since - milliseconds(1), from - query.step - milliseconds(1));
  source::SeriesQuery first = query;
  first.profiles.range = {begin, from};
  first.step = from - begin;
  PMCP_TRY_VOID(add(first, begin));
  PMCP_TRY_VOID(add(part, from));
  return std::move(join).Finish(query);
}

Bytes SelectSeries(const Asked& asked) {
  const auto request = DecodeRequest<SelectSeriesRequest>(asked.message);
  const bool exemplars = request.exemplars == WireExemplars::kIndividual &&
                         asked.Knows(Feature::kExemplars);
  if (asked.options.mode == ServerMode::kV1 && exemplars) {
    return NotInV1("exemplars are not available in v1 frontend");
  }
  PMCP_TRY(profiles, ProfilesOf(asked, request.profiles));
  PMCP_TRY(query,
           source::MakeSeriesQuery(std::move(profiles), request.group_by,
                                   request.step_seconds,
                                   exemplars ? source::ExemplarKind::kIndividual
                                             : source::ExemplarKind::kNone,
                                   request.limit.value_or(0)));
  PMCP_TRY(series, SeriesOfPaths(asked, query));
  return EncodeAnswer(series);
}

Bytes SelectHeatmap(const Asked& asked) {
  const auto request = DecodeRequest<SelectHeatmapRequest>(asked.message);
  if (!asked.Knows(Feature::kHeatmaps)) return NotFound("no such method");
  if (asked.options.mode == ServerMode::kV1 ||
      ReadsOldPath(asked, TimesOf(request.profiles.range))) {
    return NotInV1("this endpoint is not available in v1 frontend");
  }
  if (request.step_seconds < 0.001) {
    return InvalidArgument("step must be >= 1ms, got 0.000000");
  }
  PMCP_TRY(profiles, ProfilesOf(asked, request.profiles));
  const bool spans = request.kind == WireHeatmapKind::kSpan;
  const auto kind =
      spans ? source::ExemplarKind::kSpan : source::ExemplarKind::kIndividual;
  const bool exemplars = request.exemplars != WireExemplars::kUnspecified;
  PMCP_TRY(query,
           source::MakeHeatmapQuery(
               std::move(profiles),
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
  PMCP_TRY(covered, asked.source.Covered({}));
  const TimeRange& range = covered.data.range;
  return EncodeAnswer(
      ProfileStats{.data_ingested = covered.data.profiles > 0,
                   .oldest_ms = range.from.time_since_epoch().count(),
                   .newest_ms = range.to.time_since_epoch().count()});
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
