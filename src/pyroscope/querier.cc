#include "pyroscope/querier.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "pyroscope/build_request.h"
#include "pyroscope/connect/connect_client_json.h"
#include "pyroscope/wire/wire_series.h"
#include "pyroscope/wire/wire_stacks.h"

namespace pmcp::pyroscope {
namespace {

using profile::ProfileType;
using source::LabelQuery;
using source::SampleSelection;

/// "is Pyroscope 1.16.2", or that the server does not report its version.
std::string WhatItIs(const UpstreamVersion& version) {
  return version.is_known() ? "is Pyroscope " + version.text()
                            : "does not report its version";
}

Error TooOld(Feature feature, const UpstreamVersion& version) {
  const VersionNumber since = FirstWith(feature);
  return {ErrorKind::kUnsupported,
          fmt::format("this server {} and has no {}", WhatItIs(version),
                      NameOf(feature)),
          fmt::format("Leave that out, or update the server to {}.{} or later.",
                      since.major, since.minor)};
}

Error OldStorage() {
  return {ErrorKind::kUnsupported,
          "this server reads from its old storage (v1), which ignores profile "
          "ids",
          "Leave them out, or choose a later window: a server of 1.19 or later "
          "selects by them in what it stores with -architecture.storage=v2 or "
          "v1-v2-dual."};
}

/// Whether no point has an exemplar: a server that supports exemplars sends one
/// with each point.
bool HidesExemplars(const std::vector<profile::Series>& series) {
  const auto has = [](const profile::Series& one) {
    return std::ranges::any_of(one.points, [](const profile::Point& point) {
      return !point.exemplars.empty();
    });
  };
  return !series.empty() && std::ranges::none_of(series, has);
}

/// Whether the server itself, not its version page, is unreachable.
bool IsOutage(const Error& error) {
  return error.kind == ErrorKind::kUnavailable ||
         error.kind == ErrorKind::kTimeout ||
         error.kind == ErrorKind::kRateLimited ||
         error.kind == ErrorKind::kCancelled;
}

/// Authentication errors: another try may succeed, so nothing is cached.
bool IsRefusal(const Error& error) {
  return error.kind == ErrorKind::kUnauthenticated ||
         error.kind == ErrorKind::kPermissionDenied;
}

}  // namespace

Querier::Querier(ConnectClient client)
    : client_(std::move(client)), path_(client_) {}

std::optional<UpstreamVersion> Querier::KnownVersion() const {
  const std::lock_guard lock(mutex_);
  return version_;
}

Result<UpstreamVersion> Querier::Version(const CallContext& call) const {
  if (const auto known = KnownVersion()) return *known;
  // Without the lock: concurrent first calls each ask, which is harmless.
  const auto body = client_.Get("/api/v1/status/buildinfo", call);
  // A proxy that denies this page may still allow the RPCs.
  if (!body.ok() && IsOutage(body.error())) return body.error();
  if (!body.ok() && IsRefusal(body.error())) return UpstreamVersion();
  const std::lock_guard lock(mutex_);
  version_ = UpstreamVersion(body.ok() ? ParseBuildVersion(*body) : "");
  return *version_;
}

Result<void> Querier::Require(Feature feature, const CallContext& call) const {
  PMCP_TRY(version, Version(call));
  if (version.Has(feature)) return {};
  return TooOld(feature, version);
}

/// False without a request if the version is known to be too old for it.
Result<bool> Querier::ReadsNewStorage(const source::ProfileQuery& profiles,
                                      const CallContext& call) const {
  PMCP_TRY(version, Version(call));
  if (!version.Has(Feature::kHeatmaps)) return false;
  const TimePointMs from = profiles.range.from;
  PMCP_TRY(division, path_.Divide({from, from}, call));
  return !division.begins_old;
}

Result<bool> Querier::DropsCallSite(const source::StacktraceQuery& query,
                                    const CallContext& call) const {
  if (query.samples.call_site.empty()) return false;
  PMCP_TRY(is_new, ReadsNewStorage(query.profiles, call));
  return !is_new;
}

/// An old server, and a new server that reads from its old storage, ignores
/// selections that it does not know and answers with all samples. This returns
/// kUnsupported instead.
Result<void> Querier::CheckSamples(const source::ProfileQuery& profiles,
                                   const SampleSelection& samples,
                                   const CallContext& call) const {
  if (!samples.profile_ids.empty()) {
    PMCP_TRY_VOID(Require(Feature::kProfileIds, call));
    PMCP_TRY(version, Version(call));
    PMCP_TRY(division, Divide(profiles.range, call));
    // A window of both paths begins a millisecond before the split.
    const bool is_new =
        !division.begins_old ||
        (division.split &&
         *division.split - std::chrono::milliseconds(1) <= profiles.range.from);
    if (!version.Has(Feature::kHeatmaps) || !is_new) return OldStorage();
  }
  if (!samples.trace_ids.empty()) {
    PMCP_TRY_VOID(Require(Feature::kTraceIds, call));
    PMCP_TRY(version, Version(call));
    if (version.is_known()) return {};
    PMCP_TRY(selects, path_.SelectsTraces(profiles, call));
    if (!selects) return TooOld(Feature::kTraceIds, version);
  }
  return {};
}

/// Whether SelectMergeStacktraces takes the span ids of the query together with
/// its other selections.
Result<bool> Querier::TakesSpans(const source::StacktraceQuery& query,
                                 const UpstreamVersion& version,
                                 const CallContext& call) const {
  if (version.is_known()) return version.Has(Feature::kSpanSelector);
  SampleSelection others = query.samples;
  others.span_ids.clear();
  // Every server has SelectMergeSpanProfile.
  if (others.empty()) return false;
  return path_.SelectsTraces(query.profiles, call);
}

Result<Division> Querier::Divide(const TimeRange& range,
                                 const CallContext& call) const {
  if (const auto known = KnownDivision(range)) return *known;
  return path_.Divide(range, call);
}

std::optional<Division> Querier::KnownDivision(const TimeRange& range) const {
  const auto version = KnownVersion();
  if (version && !version->Has(Feature::kHeatmaps)) {
    return Division{.begins_old = true};
  }
  return path_.Known(range);
}

Result<ProfileStats> Querier::Stats(const CallContext& call) const {
  PMCP_TRY(answer, client_.Call("GetProfileStats", "", call));
  return DecodeProfileStats(answer);
}

Result<std::vector<ProfileType>> Querier::ProfileTypes(
    const LabelQuery& query, const CallContext& call) const {
  if (query.selector.matchers().empty()) {
    PMCP_TRY(
        answer,
        client_.Call("ProfileTypes",
                     Encode(ProfileTypesRequest{RangeOf(query.range)}), call));
    return DecodeProfileTypes(answer);
  }
  PMCP_TRY(ids, LabelValues(profile::kLabelProfileType, query, call));
  std::vector<ProfileType> types;
  for (const std::string& id : ids) {
    // A label that was set by hand may not be a profile type.
    if (auto type = ProfileType::Parse(id); type.ok()) {
      types.push_back(*std::move(type));
    }
  }
  return types;
}

Result<std::vector<std::string>> Querier::LabelNames(
    const LabelQuery& query, const CallContext& call) const {
  PMCP_TRY(answer,
           client_.Call("LabelNames",
                        Encode(LabelNamesRequest{MatchersOf(query.selector),
                                                 RangeOf(query.range)}),
                        call));
  return DecodeNames("LabelNames", answer);
}

Result<std::vector<std::string>> Querier::LabelValues(
    std::string_view name, const LabelQuery& query,
    const CallContext& call) const {
  PMCP_TRY(answer,
           client_.Call("LabelValues",
                        Encode(LabelValuesRequest{std::string(name),
                                                  MatchersOf(query.selector),
                                                  RangeOf(query.range)}),
                        call));
  return DecodeNames("LabelValues", answer);
}

Result<std::vector<profile::Labels>> Querier::Series(
    const LabelQuery& query, const std::vector<std::string>& names,
    const CallContext& call) const {
  PMCP_TRY(answer,
           client_.Call("Series",
                        Encode(SeriesRequest{MatchersOf(query.selector), names,
                                             RangeOf(query.range)}),
                        call));
  return DecodeLabelSets(answer);
}

Result<profile::StackTree> Querier::Stacktraces(
    const source::StacktraceQuery& query, std::int64_t max_nodes,
    const CallContext& call) const {
  PMCP_TRY_VOID(CheckSamples(query.profiles, query.samples, call));
  PMCP_TRY(version, Version(call));
  if (!query.samples.span_ids.empty()) {
    PMCP_TRY(takes_spans, TakesSpans(query, version, call));
    if (!takes_spans) return SpanProfile(query, max_nodes, version, call);
  }
  SelectMergeStacktracesRequest request = BuildRequest(query);
  request.max_nodes = max_nodes;
  if (!version.Has(Feature::kTreeFormat)) {
    request.format = ProfileFormat::kFlamegraph;
  }
  constexpr std::string_view kMethod = "SelectMergeStacktraces";
  PMCP_TRY(answer, client_.Call(kMethod, Encode(request), call));
  return DecodeStacktraces(kMethod, answer);
}

/// SelectMergeSpanProfile, for old servers: takes span ids and no other
/// selection.
Result<profile::StackTree> Querier::SpanProfile(
    const source::StacktraceQuery& query, std::int64_t max_nodes,
    const UpstreamVersion& version, const CallContext& call) const {
  SampleSelection others = query.samples;
  others.span_ids.clear();
  if (!others.empty()) {
    return Error{
        ErrorKind::kUnsupported,
        fmt::format("this server {} and selects by span or by other ids "
                    "or call site, not by both",
                    WhatItIs(version)),
        "Leave out all but the span ids, or update the server to 2.2 "
        "or later."};
  }
  SelectMergeSpanProfileRequest request = BuildSpanRequest(query);
  request.max_nodes = max_nodes;
  if (!version.Has(Feature::kTreeFormat)) {
    request.format = ProfileFormat::kFlamegraph;
  }
  constexpr std::string_view kMethod = "SelectMergeSpanProfile";
  PMCP_TRY(answer, client_.Call(kMethod, Encode(request), call));
  return DecodeStacktraces(kMethod, answer);
}

Result<profile::Profile> Querier::MergeProfile(const source::PprofQuery& query,
                                               const CallContext& call) const {
  PMCP_TRY_VOID(CheckSamples(query.profiles, query.samples, call));
  if (!query.samples.call_site.empty()) {
    PMCP_TRY_VOID(Require(Feature::kCallSites, call));
  }
  const bool by_span = !query.samples.span_ids.empty();
  if (by_span) PMCP_TRY_VOID(Require(Feature::kSpanSelector, call));
  if (query.pgo) PMCP_TRY_VOID(Require(Feature::kPgo, call));
  PMCP_TRY(version, Version(call));
  if (version.Has(Feature::kPprofFormat)) {
    PMCP_TRY(answer, client_.Call("SelectMergeStacktraces",
                                  Encode(BuildRequest(query)), call));
    PMCP_TRY(profile, DecodePprofAnswer(answer));
    if (profile) return *std::move(profile);
    // The server does not report its version and ignored the span ids.
    if (by_span) return TooOld(Feature::kSpanSelector, version);
  }
  PMCP_TRY(answer, client_.Call("SelectMergeProfile",
                                Encode(BuildMergeRequest(query)), call));
  return DecodeMergeProfile(answer);
}

Result<std::vector<profile::Series>> Querier::SelectSeries(
    const source::SeriesQuery& query, const CallContext& call) const {
  if (query.exemplars) PMCP_TRY_VOID(Require(Feature::kExemplars, call));
  PMCP_TRY(answer,
           client_.Call("SelectSeries", Encode(BuildRequest(query)), call));
  PMCP_TRY(series, DecodeSelectSeries(answer));
  if (query.exemplars && HidesExemplars(series)) {
    PMCP_TRY(version, Version(call));
    if (!version.is_known()) return TooOld(Feature::kExemplars, version);
  }
  return std::move(series);
}

Result<std::vector<profile::HeatmapSeries>> Querier::SelectHeatmap(
    const source::HeatmapQuery& query, const CallContext& call) const {
  PMCP_TRY_VOID(Require(Feature::kHeatmaps, call));
  PMCP_TRY(answer,
           client_.Call("SelectHeatmap", Encode(BuildRequest(query)), call));
  return DecodeSelectHeatmap(answer);
}

}  // namespace pmcp::pyroscope
