// The questions that a source can be asked, and all checks on them.
//
// A question is made by one of the Make… functions, for every source alike:
// what a real Pyroscope refuses is refused here, before a source sees it
// (docs/pyroscope-behavior.md, "Refused questions"). Texts are strict here;
// aliases, selectors without braces and words for times are understood one
// layer up, in tools/query_args.
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

/// A window as the API has it: Unix milliseconds, 0 for "not given".
Result<TimeRange> MakeTimeRange(std::int64_t start_ms, std::int64_t end_ms);

/// Which profiles: of one type, with these labels, in this window.
struct ProfileQuery {
  profile::ProfileType type;
  profile::LabelSelector selector;
  TimeRange range;
};
Result<ProfileQuery> MakeProfileQuery(std::string_view profile_type_id,
                                      std::string_view selector,
                                      TimeRange range);

/// Which labels or series: as LabelNames, LabelValues and Series ask. Several
/// selectors are joined by AND.
struct LabelQuery {
  profile::LabelSelector selector;
  TimeRange range;
};
Result<LabelQuery> MakeLabelQuery(std::span<const std::string> selectors,
                                  TimeRange range);
/// LabelValues refuses an empty name.
Result<void> CheckLabelName(std::string_view name);

/// Which samples inside the profiles.
struct SampleSelection {
  std::vector<std::uint64_t> span_ids;
  /// 16 bytes each.
  std::vector<std::string> trace_ids;
  /// UUIDs in lower case.
  std::vector<std::string> profile_ids;
  /// Function names from the root: stacks that begin so. Empty: all.
  std::vector<std::string> call_site;

  bool empty() const {
    return span_ids.empty() && trace_ids.empty() && profile_ids.empty() &&
           call_site.empty();
  }
};

/// The texts of a SampleSelection: 16 hex digits, 32 hex digits, UUIDs.
struct SampleSelectionTexts {
  std::vector<std::string> span_ids;
  std::vector<std::string> trace_ids;
  std::vector<std::string> profile_ids;
  std::vector<std::string> call_site;
};
Result<SampleSelection> MakeSampleSelection(const SampleSelectionTexts& texts);

/// Where the cost is: SelectMergeStacktraces.
struct StacktraceQuery {
  ProfileQuery profiles;
  SampleSelection samples;
};

/// The most nodes that a Pyroscope gives for one tree.
inline constexpr std::int64_t kMaxFlamegraphNodes = 1'048'576;
/// Refuses what the server refuses; 0 means its default.
Result<void> CheckMaxNodes(std::int64_t max_nodes);

/// Single profiles or spans that stand for the sums that they are part of.
enum class ExemplarKind { kNone, kIndividual, kSpan };

/// Cost in time: SelectSeries.
struct SeriesQuery {
  ProfileQuery profiles;
  std::vector<std::string> group_by;
  std::chrono::milliseconds step;
  /// Most series; 0: all. The server's order, which this cuts, counts the
  /// bucket before the window: who wants the largest of the window asks for
  /// all.
  std::size_t limit = 0;
  /// With each point, the profile that has the largest value in it.
  bool exemplars = false;
};
/// `step_seconds` is at least 0.001; below the millisecond it is cut off.
Result<SeriesQuery> MakeSeriesQuery(
    ProfileQuery profiles, std::vector<std::string> group_by,
    double step_seconds, ExemplarKind exemplars = ExemplarKind::kNone,
    std::int64_t limit = 0);

/// What a heatmap counts: the values of profiles, or those of spans.
enum class HeatmapKind { kIndividual, kSpan };

/// How values are spread in time: SelectHeatmap.
struct HeatmapQuery {
  ProfileQuery profiles;
  std::vector<std::string> group_by;
  std::chrono::milliseconds step;
  HeatmapKind kind = HeatmapKind::kIndividual;
  /// With each slot, the largest of each of its buckets.
  bool exemplars = false;
  /// Most series, those with the most values; 0: all.
  std::size_t limit = 0;
};
/// What of a HeatmapQuery can be wrong.
struct HeatmapOptions {
  std::vector<std::string> group_by;
  double step_seconds = 0;
  std::optional<HeatmapKind> kind;
  /// kNone, or of the same kind.
  ExemplarKind exemplars = ExemplarKind::kNone;
  std::int64_t limit = 0;
};
Result<HeatmapQuery> MakeHeatmapQuery(ProfileQuery profiles,
                                      HeatmapOptions options);

/// Samples as one pprof profile: SelectMergeProfile.
struct PprofQuery {
  ProfileQuery profiles;
  SampleSelection samples;
  /// About how many functions in their places stay; 0: all.
  std::int64_t max_nodes = 0;
  /// With it, the call site and max_nodes are ignored, as by the server.
  std::optional<profile::PgoOptions> pgo;
};

}  // namespace pmcp::source
