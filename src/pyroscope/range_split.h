// Splits a query whose window exceeds the server's limit into queries that the
// server accepts, and joins their answers exactly. Pure.
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

/// The maximum number of requests for one query, which bounds the load on the
/// server.
inline constexpr std::size_t kMaxPieces = 64;

/// The limit that the server's refusal names ("…, limit: 1d)"); nullopt for any
/// other error.
std::optional<std::chrono::milliseconds> LimitNamedIn(const Error& refusal);

/// Disjoint windows that cover `range`; both ends of a window are inclusive.
/// kInvalidArgument if there would be more than kMaxPieces.
Result<std::vector<TimeRange>> SplitRange(const TimeRange& range,
                                          std::chrono::milliseconds limit);

/// One request of a split SelectSeries query. Only points after `keep_after`
/// count. With `bucket`, they are added to the point at that time.
struct SeriesPiece {
  source::SeriesQuery query;
  std::optional<TimePointMs> keep_after;
  std::optional<TimePointMs> bucket;
};

/// Buckets are sums, so they can be added up from requests on the same grid, or
/// from requests with shorter steps if one step exceeds the limit.
Result<std::vector<SeriesPiece>> SplitSeries(const source::SeriesQuery& query,
                                             std::chrono::milliseconds limit);

/// Splits where the v2 read path begins: at `seam` or the millisecond before
/// (ReadPath::NewWithin). A server lays a separate grid for each path and drops
/// the tail of both, so no request spans both paths.
std::vector<SeriesPiece> SplitAtSeam(const source::SeriesQuery& query,
                                     TimePointMs seam);

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
