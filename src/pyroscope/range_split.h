// Splits a query into queries that a server accepts, first where its v2 read
// path begins, then by the length that it allows, and joins their answers
// exactly. Pure.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.h"
#include "base/time_range.h"
#include "profile/time/series.h"
#include "source/query.h"

namespace pmcp::pyroscope {

/// The longest window of any query, in windows of the server's limit. Bounds
/// the load on the server: stacks take as many requests, series up to about
/// twice as many.
inline constexpr std::int64_t kMaxLimits = 64;

/// What is known about the windows that a server accepts.
struct WindowLimits {
  /// The longest window.
  std::optional<std::chrono::milliseconds> longest = {};
  /// The first instant of the v2 path (Division::split), where no window may
  /// begin.
  std::optional<TimePointMs> split = {};
};

/// Disjoint windows that cover `range`; both ends of a window are inclusive. A
/// range that begins at the split begins a millisecond earlier.
/// kInvalidArgument if it is longer than kMaxLimits allows.
Result<std::vector<TimeRange>> SplitRange(TimeRange range,
                                          const WindowLimits& limits);

/// One request of a split SelectSeries query. Only points after `keep_after`
/// count. With `bucket`, they are added to the point at that time.
struct SeriesPiece {
  source::SeriesQuery query;
  std::optional<TimePointMs> keep_after = {};
  std::optional<TimePointMs> bucket = {};
};

/// The pieces of a query; one piece if it needs no split. A server lays a
/// separate grid for each read path and drops the tail of both, so no piece is
/// read by both paths. Buckets are sums, so they can be added up from requests
/// on the same grid, or from requests with shorter steps if one step is longer
/// than the server's limit. kInvalidArgument as SplitRange.
Result<std::vector<SeriesPiece>> SplitSeries(const source::SeriesQuery& query,
                                             const WindowLimits& limits);

/// Adds up the answers to all pieces. Finish sorts them as the server does and
/// applies the limit of `query`.
class SeriesJoin {
 public:
  void Add(const SeriesPiece& piece, std::vector<profile::Series> answer);
  std::vector<profile::Series> Finish(const source::SeriesQuery& query) &&;

 private:
  std::vector<profile::Series> all_;
};

}  // namespace pmcp::pyroscope
