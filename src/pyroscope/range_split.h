// Splitting what is longer than a server answers into questions that it does,
// where putting the answers together is exact. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "base/time_range.h"
#include "profile/time/series.h"
#include "source/query.h"

namespace pmcp::pyroscope {

/// More would keep a server busy for what is better asked in a shorter window.
inline constexpr std::size_t kMaxPieces = 64;

/// The longest window that a refusal names ("…, limit: 1d)"); nullopt for any
/// other error.
std::optional<std::chrono::milliseconds> LimitNamedIn(const Error& refusal);

/// Windows without an instant in common that are `range` together: both ends
/// of a window count. kInvalidArgument when there would be too many.
Result<std::vector<TimeRange>> SplitRange(const TimeRange& range,
                                          std::chrono::milliseconds limit);

/// A part of a question about series. Its points after `keep_after` count; when
/// there is a `bucket`, for the point at that time.
struct SeriesPiece {
  source::SeriesQuery query;
  std::optional<TimePointMs> keep_after;
  std::optional<TimePointMs> bucket;
};

/// Buckets are sums, so they are put together from pieces on the same grid, or
/// of shorter steps when one step is longer than the limit.
Result<std::vector<SeriesPiece>> SplitSeries(const source::SeriesQuery& query,
                                             std::chrono::milliseconds limit);

/// Where the new read path has all from `seam` on, or from the millisecond
/// before (ReadPath::NewWithin). A server makes a grid of its own for each path
/// and drops the end of both: no piece touches what both may answer.
std::vector<SeriesPiece> SplitAtSeam(const source::SeriesQuery& query,
                                     TimePointMs seam);

/// Adds up the answers to pieces, in the order and to the limit of `query`.
class SeriesJoin {
 public:
  void Add(const SeriesPiece& piece, std::vector<profile::Series> answer);
  std::vector<profile::Series> Finish(const source::SeriesQuery& query) &&;

 private:
  std::vector<profile::Series> all_;
};

}  // namespace pmcp::pyroscope
