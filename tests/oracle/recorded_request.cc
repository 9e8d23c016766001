#include "tests/oracle/recorded_request.h"

#include <array>
#include <string_view>

#include "pyroscope/wire/wire_requests.h"
#include "tests/support/wire_decode.h"
#include "tests/support/wire_writer.h"

namespace pmcp::oracle {
namespace {

using nlohmann::json;
using namespace pmcp::pyroscope;

WireRange RangeOf(const json& request) {
  return {Int64(request, "start"), Int64(request, "end")};
}

WireProfiles ProfilesOf(const json& request) {
  return {.profile_type_id = request.value("profileTypeID", ""),
          .label_selector = request.value("labelSelector", ""),
          .range = RangeOf(request)};
}

std::optional<std::int64_t> OptionalOf(const json& request, const char* key) {
  if (!request.contains(key)) return std::nullopt;
  return Int64(request, key);
}

std::optional<StackTraceSelector> SelectorOf(const json& request) {
  if (!request.contains("stackTraceSelector")) return std::nullopt;
  const json& recorded = request["stackTraceSelector"];
  StackTraceSelector selector;
  for (const json& frame : recorded.value("callSite", json::array())) {
    selector.call_site.push_back(frame.value("name", ""));
  }
  if (recorded.contains("goPgo")) {
    const json& pgo = recorded["goPgo"];
    selector.go_pgo = {
        .keep_locations = pgo.value("keepLocations", 0u),
        .aggregate_callees = pgo.value("aggregateCallees", false)};
  }
  return selector;
}

/// The number of the enum name in the field; 0 if the field is missing.
template <typename Enum, std::size_t kCount>
Enum ChoiceOf(const json& request, const char* key,
              const std::array<std::string_view, kCount>& names) {
  const std::string name = request.value(key, std::string(names[0]));
  for (std::size_t i = 0; i < kCount; ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return static_cast<Enum>(kCount);
}

ProfileFormat FormatOf(const json& request) {
  constexpr std::array<std::string_view, 5> kNames = {
      "PROFILE_FORMAT_UNSPECIFIED", "PROFILE_FORMAT_FLAMEGRAPH",
      "PROFILE_FORMAT_TREE", "PROFILE_FORMAT_DOT", "PROFILE_FORMAT_PPROF"};
  return ChoiceOf<ProfileFormat>(request, "format", kNames);
}

WireExemplars ExemplarsOf(const json& request) {
  constexpr std::array<std::string_view, 4> kNames = {
      "EXEMPLAR_TYPE_UNSPECIFIED", "EXEMPLAR_TYPE_NONE",
      "EXEMPLAR_TYPE_INDIVIDUAL", "EXEMPLAR_TYPE_SPAN"};
  return ChoiceOf<WireExemplars>(request, "exemplarType", kNames);
}

WireHeatmapKind HeatmapKindOf(const json& request) {
  constexpr std::array<std::string_view, 3> kNames = {
      "HEATMAP_QUERY_TYPE_UNSPECIFIED", "HEATMAP_QUERY_TYPE_INDIVIDUAL",
      "HEATMAP_QUERY_TYPE_SPAN"};
  return ChoiceOf<WireHeatmapKind>(request, "queryType", kNames);
}

std::optional<SeriesAggregation> AggregationOf(const json& request) {
  if (!request.contains("aggregation")) return std::nullopt;
  return request["aggregation"] == "TIME_SERIES_AGGREGATION_TYPE_AVERAGE"
             ? SeriesAggregation::kAverage
             : SeriesAggregation::kSum;
}

SelectMergeStacktracesRequest StacktracesOf(const json& request) {
  return {.profiles = ProfilesOf(request),
          .max_nodes = OptionalOf(request, "maxNodes"),
          .format = FormatOf(request),
          .stack_trace_selector = SelectorOf(request),
          .profile_ids = Strings(request, "profileIdSelector"),
          .trace_ids = Strings(request, "traceIdSelector"),
          .span_ids = Strings(request, "spanSelector")};
}

/// The client computes diffs itself, but each side is one of its requests.
std::string DiffOf(const json& request) {
  return test::WireWriter()
      .Bytes(1, Encode(StacktracesOf(request.at("left"))))
      .Bytes(2, Encode(StacktracesOf(request.at("right"))))
      .bytes();
}

std::string SelectSeriesOf(const json& request) {
  return Encode(SelectSeriesRequest{.profiles = ProfilesOf(request),
                                    .group_by = Strings(request, "groupBy"),
                                    .step_seconds = request.value("step", 0.0),
                                    .aggregation = AggregationOf(request),
                                    .stack_trace_selector = SelectorOf(request),
                                    .limit = OptionalOf(request, "limit"),
                                    .exemplars = ExemplarsOf(request)});
}

std::string HeatmapOf(const json& request) {
  return Encode(SelectHeatmapRequest{.profiles = ProfilesOf(request),
                                     .step_seconds = request.value("step", 0.0),
                                     .group_by = Strings(request, "groupBy"),
                                     .kind = HeatmapKindOf(request),
                                     .exemplars = ExemplarsOf(request),
                                     .limit = OptionalOf(request, "limit")});
}

std::string SpanProfileOf(const json& request) {
  return Encode(SelectMergeSpanProfileRequest{
      .profiles = ProfilesOf(request),
      .span_ids = Strings(request, "spanSelector"),
      .max_nodes = OptionalOf(request, "maxNodes"),
      .format = FormatOf(request)});
}

std::string MergeProfileOf(const json& request) {
  return Encode(SelectMergeProfileRequest{
      .profiles = ProfilesOf(request),
      .max_nodes = OptionalOf(request, "maxNodes"),
      .stack_trace_selector = SelectorOf(request),
      .profile_ids = Strings(request, "profileIdSelector"),
      .trace_ids = Strings(request, "traceIdSelector")});
}

template <typename Request>
std::string Again(const std::string& message) {
  return Encode(test::DecodeRequest<Request>(message));
}

struct Row {
  std::string_view method;
  std::string (*encode)(const json& request);
  std::string (*again)(const std::string& message);
};
constexpr Row kRows[] = {
    {"ProfileTypes",
     [](const json& r) { return Encode(ProfileTypesRequest{RangeOf(r)}); },
     Again<ProfileTypesRequest>},
    {"LabelNames",
     [](const json& r) {
       return Encode(LabelNamesRequest{Strings(r, "matchers"), RangeOf(r)});
     },
     Again<LabelNamesRequest>},
    {"LabelValues",
     [](const json& r) {
       return Encode(LabelValuesRequest{r.value("name", ""),
                                        Strings(r, "matchers"), RangeOf(r)});
     },
     Again<LabelValuesRequest>},
    {"Series",
     [](const json& r) {
       return Encode(SeriesRequest{Strings(r, "matchers"),
                                   Strings(r, "labelNames"), RangeOf(r)});
     },
     Again<SeriesRequest>},
    {"SelectMergeStacktraces",
     [](const json& r) { return Encode(StacktracesOf(r)); },
     Again<SelectMergeStacktracesRequest>},
    {"SelectMergeSpanProfile", SpanProfileOf,
     Again<SelectMergeSpanProfileRequest>},
    {"SelectMergeProfile", MergeProfileOf, Again<SelectMergeProfileRequest>},
    {"SelectSeries", SelectSeriesOf, Again<SelectSeriesRequest>},
    {"SelectHeatmap", HeatmapOf, Again<SelectHeatmapRequest>},
    {"Diff", DiffOf, [](const std::string& message) { return message; }},
    {"GetProfileStats", [](const json&) { return std::string(); },
     [](const std::string& message) { return message; }},
};

const Row* Find(const std::string& method) {
  for (const Row& row : kRows) {
    if (row.method == method) return &row;
  }
  return nullptr;
}

}  // namespace

std::optional<std::string> EncodedRequest(const Question& question) {
  const Row* row = Find(question.method);
  if (row == nullptr) return std::nullopt;
  return row->encode(question.request);
}

std::optional<std::string> EncodedAgain(const std::string& method,
                                        const std::string& message) {
  const Row* row = Find(method);
  if (row == nullptr) return std::nullopt;
  return row->again(message);
}

}  // namespace pmcp::oracle
