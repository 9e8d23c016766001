#include "pyroscope/build_request.h"

#include <fmt/core.h>

#include <chrono>
#include <optional>

namespace pmcp::pyroscope {
namespace {

using source::SampleSelection;

WireProfiles ProfilesOf(const source::ProfileQuery& query) {
  return {.profile_type_id = query.type.Id(),
          .label_selector = query.selector.ToString(),
          .range = RangeOf(query.range)};
}

std::vector<std::string> SpanIds(const SampleSelection& samples) {
  std::vector<std::string> ids;
  for (const std::uint64_t id : samples.span_ids) {
    ids.push_back(fmt::format("{:016x}", id));
  }
  return ids;
}

std::vector<std::string> TraceIds(const SampleSelection& samples) {
  std::vector<std::string> ids;
  for (const std::string& bytes : samples.trace_ids) {
    std::string& id = ids.emplace_back();
    for (const char byte : bytes) {
      id += fmt::format("{:02x}", static_cast<unsigned char>(byte));
    }
  }
  return ids;
}

std::optional<StackTraceSelector> SelectorOf(
    const SampleSelection& samples,
    const std::optional<profile::PgoOptions>& pgo = std::nullopt) {
  if (pgo) return StackTraceSelector{.call_site = {}, .go_pgo = pgo};
  if (samples.call_site.empty()) return std::nullopt;
  return StackTraceSelector{.call_site = samples.call_site, .go_pgo = {}};
}

std::optional<std::int64_t> Unless0(std::int64_t number) {
  return number == 0 ? std::nullopt : std::optional(number);
}

double SecondsOf(std::chrono::milliseconds step) {
  return std::chrono::duration<double>(step).count();
}

}  // namespace

WireRange RangeOf(const TimeRange& range) {
  return {range.from.time_since_epoch().count(),
          range.to.time_since_epoch().count()};
}

std::vector<std::string> MatchersOf(const profile::LabelSelector& selector) {
  if (selector.matchers().empty()) return {};
  return {selector.ToString()};
}

SelectMergeStacktracesRequest BuildRequest(
    const source::StacktraceQuery& query) {
  return {.profiles = ProfilesOf(query.profiles),
          .format = ProfileFormat::kTree,
          .stack_trace_selector = SelectorOf(query.samples),
          .profile_ids = query.samples.profile_ids,
          .trace_ids = TraceIds(query.samples),
          .span_ids = SpanIds(query.samples)};
}

SelectMergeStacktracesRequest BuildRequest(const source::PprofQuery& query) {
  return {.profiles = ProfilesOf(query.profiles),
          .max_nodes = Unless0(query.max_nodes),
          .format = ProfileFormat::kPprof,
          .stack_trace_selector = SelectorOf(query.samples, query.pgo),
          .profile_ids = query.samples.profile_ids,
          .trace_ids = TraceIds(query.samples),
          .span_ids = SpanIds(query.samples)};
}

SelectMergeProfileRequest BuildMergeRequest(const source::PprofQuery& query) {
  return {.profiles = ProfilesOf(query.profiles),
          .max_nodes = Unless0(query.max_nodes),
          .stack_trace_selector = SelectorOf(query.samples, query.pgo),
          .profile_ids = query.samples.profile_ids,
          .trace_ids = TraceIds(query.samples)};
}

SelectMergeSpanProfileRequest BuildSpanRequest(
    const source::StacktraceQuery& query) {
  return {.profiles = ProfilesOf(query.profiles),
          .span_ids = SpanIds(query.samples),
          .format = ProfileFormat::kTree};
}

SelectSeriesRequest BuildRequest(const source::SeriesQuery& query) {
  return {.profiles = ProfilesOf(query.profiles),
          .group_by = query.group_by,
          .step_seconds = SecondsOf(query.step),
          .limit = Unless0(static_cast<std::int64_t>(query.limit)),
          .exemplars = query.exemplars ? WireExemplars::kIndividual
                                       : WireExemplars::kUnspecified};
}

SelectHeatmapRequest BuildRequest(const source::HeatmapQuery& query) {
  const bool spans = query.kind == source::HeatmapKind::kSpan;
  const WireExemplars exemplars =
      spans ? WireExemplars::kSpan : WireExemplars::kIndividual;
  return {
      .profiles = ProfilesOf(query.profiles),
      .step_seconds = SecondsOf(query.step),
      .group_by = query.group_by,
      .kind = spans ? WireHeatmapKind::kSpan : WireHeatmapKind::kIndividual,
      .exemplars = query.exemplars ? exemplars : WireExemplars::kUnspecified,
      .limit = Unless0(static_cast<std::int64_t>(query.limit))};
}

}  // namespace pmcp::pyroscope
