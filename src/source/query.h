// The queries of ProfileSource, and all checks on them.
//
// The Make… functions build queries for every kind of source and refuse what a
// real Pyroscope refuses (docs/pyroscope-behavior.md, "Refused questions"). The
// syntax is strict: short names of profile types, selectors without braces and
// relative times are resolved one layer up, in tools/args/query_args.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time_range.h"
#include "profile/pprof/pgo_options.h"
#include "profile/words/profile_type.h"
#include "profile/words/selector.h"

namespace pmcp::source {

/// A window from the API's Unix milliseconds, where 0 means "not given".
Result<TimeRange> MakeTimeRange(std::int64_t start_ms, std::int64_t end_ms);

/// Selects profiles: one type, matching labels, a window.
struct ProfileQuery {
  profile::ProfileType type;
  profile::LabelSelector selector;
  TimeRange range;
};
Result<ProfileQuery> MakeProfileQuery(std::string_view profile_type_id,
                                      std::string_view selector,
                                      TimeRange range);

/// Selects label sets, for LabelNames, LabelValues and Series.
struct LabelQuery {
  profile::LabelSelector selector;
  TimeRange range;
};
/// `selectors` are joined by AND.
Result<LabelQuery> MakeLabelQuery(std::span<const std::string> selectors,
                                  TimeRange range);
/// Refuses an empty name, as LabelValues does.
Result<void> CheckLabelName(std::string_view name);

/// Selects samples inside profiles.
struct SampleSelection {
  std::vector<std::uint64_t> span_ids;
  /// 16 bytes each.
  std::vector<std::string> trace_ids;
  /// UUIDs in lower case.
  std::vector<std::string> profile_ids;
  /// Function names from the root: selects stacks that begin with them. Empty:
  /// all stacks.
  std::vector<std::string> call_site;

  bool empty() const {
    return span_ids.empty() && trace_ids.empty() && profile_ids.empty() &&
           call_site.empty();
  }
};

/// A SampleSelection as text: span ids have 16 hex digits, trace ids 32 hex
/// digits, profile ids are UUIDs.
struct SampleSelectionTexts {
  std::vector<std::string> span_ids;
  std::vector<std::string> trace_ids;
  std::vector<std::string> profile_ids;
  std::vector<std::string> call_site;
};
Result<SampleSelection> MakeSampleSelection(const SampleSelectionTexts& texts);

/// The query of SelectMergeStacktraces.
struct StacktraceQuery {
  ProfileQuery profiles;
  SampleSelection samples;
};

/// The maximum number of nodes of a tree that a Pyroscope returns.
inline constexpr std::int64_t kMaxFlamegraphNodes = 1'048'576;
/// Refuses what a Pyroscope refuses; 0 means its default.
Result<void> CheckMaxNodes(std::int64_t max_nodes);

/// Exemplars: single profiles or spans that are part of a sum.
enum class ExemplarKind { kNone, kIndividual, kSpan };

/// The query of SelectSeries.
struct SeriesQuery {
  ProfileQuery profiles;
  std::vector<std::string> group_by;
  std::chrono::milliseconds step;
  /// Maximum number of series; 0: all. The order that this cuts includes the
  /// bucket before the window (profile::SortBySum), so the largest series of
  /// the window need limit 0.
  std::size_t limit = 0;
  /// Adds to each point the profile with the largest value in its bucket.
  bool exemplars = false;
  /// Whether the caller uses the point at the start of the window, the bucket
  /// before it. A source may answer without that point if not.
  bool wants_bucket_before = true;
};
/// `step_seconds` is at least 0.001 and is truncated to milliseconds.
Result<SeriesQuery> MakeSeriesQuery(
    ProfileQuery profiles, std::vector<std::string> group_by,
    double step_seconds, ExemplarKind exemplars = ExemplarKind::kNone,
    std::int64_t limit = 0);

/// Whether a heatmap counts the values of profiles or of spans.
enum class HeatmapKind { kIndividual, kSpan };

/// The query of SelectHeatmap.
struct HeatmapQuery {
  ProfileQuery profiles;
  std::vector<std::string> group_by;
  std::chrono::milliseconds step;
  HeatmapKind kind = HeatmapKind::kIndividual;
  /// Adds to each slot the largest exemplar of each of its buckets.
  bool exemplars = false;
  /// Maximum number of series, those with the most values; 0: all.
  std::size_t limit = 0;
};
/// The fields of a HeatmapQuery that MakeHeatmapQuery checks.
struct HeatmapOptions {
  std::vector<std::string> group_by;
  double step_seconds = 0;
  std::optional<HeatmapKind> kind;
  /// kNone, or the kind that matches `kind`.
  ExemplarKind exemplars = ExemplarKind::kNone;
  std::int64_t limit = 0;
};
Result<HeatmapQuery> MakeHeatmapQuery(ProfileQuery profiles,
                                      HeatmapOptions options);

/// The query of SelectMergeProfile.
struct PprofQuery {
  ProfileQuery profiles;
  SampleSelection samples;
  /// Approximate number of tree nodes that are kept; 0: all.
  std::int64_t max_nodes = 0;
  /// If set, the call site and max_nodes are ignored, as a Pyroscope does.
  std::optional<profile::PgoOptions> pgo;
};

/// The query of ExportProfile.
struct ExportQuery {
  ProfileQuery profiles;
  SampleSelection samples;
  /// All sample types of the kind of profile that `profiles.type` names: types
  /// that differ in their sample type and its unit only.
  bool all_types = false;
};

}  // namespace pmcp::source
