// ProfileSource: the interface through which all tools get profiles. The
// embedded store and the Pyroscope client implement it.
//
// Thread-safe: calls may run concurrently. Methods return kCancelled or
// kTimeout when their CallContext is cancelled or expired. No data is an empty
// answer, not an error.
#pragma once

#include <chrono>
#include <cstddef>
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

/// A description of a source. Contains what is known without a request; the
/// version of a server is known after the first request.
struct SourceInfo {
  std::string kind;          // as in --config, e.g. "pyroscope"
  std::string location;      // the folder or the URL, without secrets
  bool is_server = false;    // false: a folder of files
  std::string version = {};  // of the server; "" while it is not known
  std::string tenant = {};   // as configured; "": none
  /// The features that the server is too old for, as sentences.
  std::vector<std::string> cannot = {};
  /// The shortest useful step of a series, if known.
  std::optional<std::chrono::milliseconds> min_step = {};
};

/// The data that a source has, in any window.
struct Coverage {
  std::int64_t profiles = 0;  // a lower bound of all types; 0: no data
  /// From the start of the first profile to the end of the last one, as far as
  /// known. Not set if there is no data.
  TimeRange range;
  /// False if the source cannot report its coverage; the other fields are then
  /// not set.
  bool is_known = true;
  /// False if the source reports the end of `range` only, which is then its
  /// begin too.
  bool is_begin_known = true;
};

/// Profiles merged for a file.
struct ExportedProfile {
  profile::Profile profile;
  /// The number of profiles that were merged, whose header `profile` has. 0: a
  /// server merged them, and the header says nothing of their times.
  std::size_t files = 0;
  /// Whether `profile` lacks sample types that some of the profiles have.
  bool lacks_types = false;
};

class ProfileSource {
 public:
  virtual ~ProfileSource() = default;

  virtual SourceInfo Info() const = 0;

  /// Web pages that show the profiles of the query; those of all types if the
  /// type of the query has no name.
  virtual std::vector<Link> Links(const ProfileQuery& query) const = 0;

  /// The data that there is, in any window.
  virtual Result<Answer<Coverage>> Covered(const CallContext& call) const = 0;

  /// The window of a query without from and to.
  virtual Result<Answer<TimeRange>> DefaultWindow(
      const CallContext& call) const = 0;

  /// Sorted by ID.
  virtual Result<Answer<std::vector<profile::ProfileType>>> ProfileTypes(
      const LabelQuery& query, const CallContext& call) const = 0;

  /// As ProfileTypes, for resolving short names: a server's answer may be a
  /// minute old.
  virtual Result<Answer<std::vector<profile::ProfileType>>> RecentProfileTypes(
      const LabelQuery& query, const CallContext& call) const {
    return ProfileTypes(query, call);
  }

  /// Sorted, with private labels.
  virtual Result<Answer<std::vector<std::string>>> LabelNames(
      const LabelQuery& query, const CallContext& call) const = 0;

  /// Sorted.
  virtual Result<Answer<std::vector<std::string>>> LabelValues(
      std::string_view name, const LabelQuery& query,
      const CallContext& call) const = 0;

  /// The distinct label sets, reduced to `names` (empty: all labels), sorted.
  virtual Result<Answer<std::vector<profile::Labels>>> Series(
      const LabelQuery& query, const std::vector<std::string>& names,
      const CallContext& call) const = 0;

  virtual Result<Answer<profile::Stacks>> MergeStacktraces(
      const StacktraceQuery& query, const CallContext& call) const = 0;

  /// Sorted by profile::SortBySum. Includes the bucket before the window, as
  /// Pyroscope does (profile/time/series.h).
  virtual Result<Answer<std::vector<profile::Series>>> SelectSeries(
      const SeriesQuery& query, const CallContext& call) const = 0;

  /// In the order of profile::MakeHeatmap.
  virtual Result<Answer<std::vector<profile::HeatmapSeries>>> SelectHeatmap(
      const HeatmapQuery& query, const CallContext& call) const = 0;

  /// A profile with one sample type and no sample labels; its time is the end
  /// of the window.
  virtual Result<Answer<profile::Profile>> MergeProfile(
      const PprofQuery& query, const CallContext& call) const = 0;

  /// A profile that keeps all that the source has of the selected samples: as
  /// far as it has them, their labels, their sample types, the period, times
  /// and comments.
  virtual Result<Answer<ExportedProfile>> ExportProfile(
      const ExportQuery& query, const CallContext& call) const = 0;
};

}  // namespace pmcp::source
