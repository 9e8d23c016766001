// ProfileSource: where profiles come from. The one interface behind all
// tools; the embedded store and the Pyroscope client implement it.
//
// Thread-safe: several calls run at once. Methods return kCancelled or
// kTimeout when their CallContext says so. No data is an empty answer, never
// an error.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/call_context.h"
#include "base/result.h"
#include "base/time_range.h"
#include "profile/pprof/pprof.h"
#include "profile/stacks/stacks.h"
#include "profile/time/heatmap.h"
#include "profile/time/series.h"
#include "profile/words/labels.h"
#include "profile/words/profile_type.h"
#include "source/answer.h"
#include "source/link.h"
#include "source/query.h"

namespace pmcp::source {

/// What a source is, for the head of an answer. Made of what is known without
/// asking anyone: what only a server can tell is there once it was asked.
struct SourceInfo {
  std::string kind;          // "local", "pyroscope" or "grafana"
  std::string location;      // the folder or the URL, without secrets
  bool is_server = false;    // profiles are sent to it, not put into a folder
  std::string version = {};  // of the server; "" while it is not known
  /// What the server is too old for, as sentences.
  std::vector<std::string> cannot = {};
  /// The shortest step of a series that makes sense, when that is known.
  std::optional<std::chrono::milliseconds> min_step = {};
};

/// What data there is at all.
struct Coverage {
  std::int64_t profiles = 0;  // rows of any type, at least; 0: no data
  /// From the start of the first one to the end of the last one's recording,
  /// as far as that is known; meaningless without data.
  TimeRange range;
  /// False when the source cannot tell: then the rest means nothing.
  bool is_known = true;
};

class ProfileSource {
 public:
  virtual ~ProfileSource() = default;

  virtual SourceInfo Info() const = 0;

  /// Where a person can look at the same profiles; of all types when the
  /// query's has no name.
  virtual std::vector<Link> Links(const ProfileQuery& query) const = 0;

  /// All that there is, in any window.
  virtual Result<Answer<Coverage>> Covered(const CallContext& call) const = 0;

  /// The window of a question that names none.
  virtual Result<Answer<TimeRange>> DefaultWindow(
      const CallContext& call) const = 0;

  /// Sorted by ID.
  virtual Result<Answer<std::vector<profile::ProfileType>>> ProfileTypes(
      const LabelQuery& query, const CallContext& call) const = 0;

  /// Sorted; private ones included.
  virtual Result<Answer<std::vector<std::string>>> LabelNames(
      const LabelQuery& query, const CallContext& call) const = 0;

  /// Sorted.
  virtual Result<Answer<std::vector<std::string>>> LabelValues(
      std::string_view name, const LabelQuery& query,
      const CallContext& call) const = 0;

  /// The different label sets, cut down to `names` (empty: all), sorted.
  virtual Result<Answer<std::vector<profile::Labels>>> Series(
      const LabelQuery& query, const std::vector<std::string>& names,
      const CallContext& call) const = 0;

  virtual Result<Answer<profile::Stacks>> MergeStacktraces(
      const StacktraceQuery& query, const CallContext& call) const = 0;

  /// Largest sum first, ties by labels; the bucket before the window
  /// included, as Pyroscope has it (profile/time/series.h).
  virtual Result<Answer<std::vector<profile::Series>>> SelectSeries(
      const SeriesQuery& query, const CallContext& call) const = 0;

  /// As profile::MakeHeatmap orders them.
  virtual Result<Answer<std::vector<profile::HeatmapSeries>>> SelectHeatmap(
      const HeatmapQuery& query, const CallContext& call) const = 0;

  /// One sample type, no sample labels, the end of the window as its time.
  virtual Result<Answer<profile::Profile>> MergeProfile(
      const PprofQuery& query, const CallContext& call) const = 0;
};

}  // namespace pmcp::source
