// Encodes the requests of querier.v1 as protobuf, byte for byte as Go does:
// fields in the order of their numbers, default values omitted unless the field
// is `optional`.
//
// Nothing is checked here: source/query checks, and build_request makes
// requests from its queries.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "profile/pprof/pgo_options.h"

namespace pmcp::pyroscope {

/// Both ends in Unix milliseconds.
struct WireRange {
  std::int64_t start = 0;
  std::int64_t end = 0;
};

struct StackTraceSelector {
  std::vector<std::string> call_site;  // function names, root first
  std::optional<profile::PgoOptions> go_pgo;
};

enum class ProfileFormat {
  kUnspecified = 0,
  kFlamegraph = 1,
  kTree = 2,
  kDot = 3,
  kPprof = 4
};

enum class SeriesAggregation { kSum = 0, kAverage = 1 };

enum class WireExemplars {
  kUnspecified = 0,
  kNone = 1,
  kIndividual = 2,
  kSpan = 3
};

enum class WireHeatmapKind { kUnspecified = 0, kIndividual = 1, kSpan = 2 };

struct ProfileTypesRequest {
  WireRange range;
};

struct LabelNamesRequest {
  std::vector<std::string> matchers;
  WireRange range;
};

struct LabelValuesRequest {
  std::string name;
  std::vector<std::string> matchers;
  WireRange range;
};

struct SeriesRequest {
  std::vector<std::string> matchers;
  std::vector<std::string> label_names;
  WireRange range;
};

/// The first fields of all requests about profiles.
struct WireProfiles {
  std::string profile_type_id;
  std::string label_selector;
  WireRange range;
};

struct SelectMergeStacktracesRequest {
  WireProfiles profiles;
  std::optional<std::int64_t> max_nodes;
  ProfileFormat format = ProfileFormat::kUnspecified;
  std::optional<StackTraceSelector> stack_trace_selector;
  std::vector<std::string> profile_ids;
  std::vector<std::string> trace_ids;
  std::vector<std::string> span_ids;
};

/// Selects by span on servers before 2.2, where SelectMergeStacktraces cannot.
struct SelectMergeSpanProfileRequest {
  WireProfiles profiles;
  std::vector<std::string> span_ids;
  std::optional<std::int64_t> max_nodes;
  ProfileFormat format = ProfileFormat::kUnspecified;
};

struct SelectMergeProfileRequest {
  WireProfiles profiles;
  std::optional<std::int64_t> max_nodes;
  std::optional<StackTraceSelector> stack_trace_selector;
  std::vector<std::string> profile_ids;
  std::vector<std::string> trace_ids;
};

struct SelectSeriesRequest {
  WireProfiles profiles;
  std::vector<std::string> group_by;
  double step_seconds = 0;
  std::optional<SeriesAggregation> aggregation;
  std::optional<StackTraceSelector> stack_trace_selector;
  std::optional<std::int64_t> limit;
  WireExemplars exemplars = WireExemplars::kUnspecified;
};

struct SelectHeatmapRequest {
  WireProfiles profiles;
  double step_seconds = 0;
  std::vector<std::string> group_by;
  WireHeatmapKind kind = WireHeatmapKind::kUnspecified;
  WireExemplars exemplars = WireExemplars::kUnspecified;
  std::optional<std::int64_t> limit;
};

std::string Encode(const ProfileTypesRequest& request);
std::string Encode(const LabelNamesRequest& request);
std::string Encode(const LabelValuesRequest& request);
std::string Encode(const SeriesRequest& request);
std::string Encode(const SelectMergeStacktracesRequest& request);
std::string Encode(const SelectMergeSpanProfileRequest& request);
std::string Encode(const SelectMergeProfileRequest& request);
std::string Encode(const SelectSeriesRequest& request);
std::string Encode(const SelectHeatmapRequest& request);

}  // namespace pmcp::pyroscope
