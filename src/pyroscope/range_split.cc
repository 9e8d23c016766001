#include "pyroscope/range_split.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

namespace pmcp::pyroscope {
namespace {

using profile::Point;
using profile::Series;
using source::SeriesQuery;
using std::chrono::milliseconds;

/// kInvalidArgument for a window that would take too many requests. `added` is
/// what a grid may add to the window that the caller asked for.
Result<void> CheckLength(milliseconds length, milliseconds added,
                         const WindowLimits& limits) {
  if (!limits.longest || length <= *limits.longest * kMaxLimits + added) {
    return {};
  }
  const auto hours = [](milliseconds time) {
    return std::chrono::duration<double, std::ratio<3600>>(time).count();
  };
  return InvalidArgument(
      fmt::format("the window of {:.4g} h is too long: the server answers "
                  "{:.4g} h at once, and a question takes {} windows of that "
                  "length at most",
                  hours(length), hours(*limits.longest), kMaxLimits),
      fmt::format("Ask for at most {:.4g} h.",
                  hours(*limits.longest) * static_cast<double>(kMaxLimits)));
}

bool IsTooLong(const TimeRange& range, const WindowLimits& limits) {
  return limits.longest && range.length() > *limits.longest;
}

/// Adds to the point with the same time, if there is one, and keeps the
/// exemplar with the larger value.
void AddPoint(Point point, std::vector<Point>& points) {
  const auto at =
      std::ranges::lower_bound(points, point.timestamp, {}, &Point::timestamp);
  if (at == points.end() || at->timestamp != point.timestamp) {
    points.insert(at, std::move(point));
    return;
  }
  at->value += point.value;
  const auto largest = [](const Point& p) {
    return p.exemplars.empty() ? std::optional<std::int64_t>()
                               : p.exemplars.front().value;
  };
  if (largest(point) > largest(*at)) {
    at->exemplars = std::move(point.exemplars);
  }
}

SeriesPiece PieceOf(const SeriesQuery& query, TimeRange range,
                    milliseconds step) {
  SeriesPiece piece{.query = query};
  piece.query.profiles.range = range;
  piece.query.step = step;
  piece.query.limit = 0;  // a piece's largest series may not be the window's
  return piece;
}

/// Splits a piece on its grid. The first bucket of each new piece repeats the
/// last bucket of the one before.
void SplitOnGrid(const SeriesPiece& piece, milliseconds limit,
                 std::vector<SeriesPiece>& pieces) {
  const TimeRange& range = piece.query.profiles.range;
  const milliseconds step = piece.query.step;
  const milliseconds length = limit / step * step;
  for (TimePointMs from = range.from;; from += length) {
    const TimePointMs to = std::min(from + length, range.to);
    SeriesPiece part = piece;
    part.query.profiles.range = {from, to};
    if (from != range.from) part.keep_after = from;
    pieces.push_back(std::move(part));
    if (to == range.to) return;
  }
}

/// Splits the bucket that ends at `edge`. Each piece has two buckets, of which
/// the first is dropped.
void SplitBucket(const SeriesQuery& query, TimePointMs begin, TimePointMs edge,
                 TimePointMs bucket, milliseconds limit,
                 std::vector<SeriesPiece>& pieces) {
  while (begin < edge) {
    const TimePointMs end = std::min(begin + limit, edge);
    SeriesPiece piece = PieceOf(query, {begin, end}, end - begin);
    piece.keep_after = begin;
    piece.bucket = bucket;
    pieces.push_back(std::move(piece));
    begin = end;
  }
}

/// Splits a piece whose steps are longer than the limit.
void SplitSteps(const SeriesPiece& piece, milliseconds limit,
                std::vector<SeriesPiece>& pieces) {
  const SeriesQuery& query = piece.query;
  const TimeRange& range = query.profiles.range;
  constexpr milliseconds kInstant(1);
  if (piece.bucket && !piece.keep_after) {
    // The first instant of the v2 path, as in SplitAtSeam.
    SeriesPiece first = piece;
    first.query.profiles.range.to = range.from + kInstant;
    first.query.step = 2 * kInstant;
    pieces.push_back(std::move(first));
  } else if (!piece.keep_after && query.wants_bucket_before) {
    // Only the first bucket includes its left edge.
    SplitBucket(query, range.from - query.step - kInstant, range.from,
                range.from, limit, pieces);
  }
  for (TimePointMs edge = range.from + query.step; edge <= range.to;
       edge += query.step) {
    SplitBucket(query, edge - query.step, edge, piece.bucket.value_or(edge),
                limit, pieces);
  }
}

/// Splits at the first instant of the v2 path, which belongs to the range. That
/// instant is in the first bucket of the request that begins after it: no
/// request may begin with it.
std::vector<SeriesPiece> SplitAtSeam(const SeriesQuery& query,
                                     TimePointMs seam) {
  using Time = std::optional<TimePointMs>;
  constexpr milliseconds kInstant(1);
  const TimeRange& range = query.profiles.range;
  const milliseconds step = query.step;
  const TimePointMs last_old = seam - kInstant;
  const TimePointMs first_new = seam + kInstant;
  std::vector<SeriesPiece> pieces;
  const auto add = [&](TimeRange part, milliseconds width, Time keep_after,
                       Time bucket) {
    if (part.from >= part.to || bucket.value_or(part.to) > range.to) return;
    pieces.push_back(PieceOf(query, part, width));
    pieces.back().keep_after = keep_after;
    pieces.back().bucket = bucket;
  };
  const auto add_part = [&](TimeRange part, Time keep_after,
                            TimePointMs bucket) {
    add(part, part.length(), keep_after, bucket);
  };

  // From the v1 path: its complete buckets, and its part of the next bucket.
  const auto old_buckets =
      std::max(last_old - range.from, milliseconds(0)) / step;
  const TimePointMs old_edge = range.from + old_buckets * step;
  add({range.from, old_edge}, step, {}, {});
  if (old_buckets == 0 && query.wants_bucket_before) {
    // The bucket before the window. Only the first bucket includes its left
    // edge.
    const TimePointMs begin = range.from - step - kInstant;
    add_part({begin, std::min(range.from, last_old)}, begin, range.from);
  }
  add_part({old_edge, last_old}, old_edge, old_edge + step);

  // From the v2 path: its part of the shared bucket, then its complete buckets.
  // If an edge lies at the seam, the first instant of v2 belongs to the bucket
  // that ends there and needs a request for that instant.
  const auto buckets_until_new =
      (first_new - range.from + step - kInstant) / step;
  const TimePointMs new_edge = range.from + buckets_until_new * step;
  Time counted;
  if (new_edge - step > last_old) {
    add({first_new, first_new + kInstant}, 2 * kInstant, {}, new_edge - step);
    counted = first_new;
  }
  add_part({first_new, new_edge}, counted, new_edge);
  if (new_edge > first_new) counted = new_edge;
  add({new_edge, range.to}, step, counted, {});
  return pieces;
}

}  // namespace

Result<std::vector<TimeRange>> SplitRange(TimeRange range,
                                          const WindowLimits& limits) {
  constexpr milliseconds kInstant(1);
  PMCP_TRY_VOID(CheckLength(range.length(), milliseconds(0), limits));
  if (limits.split == range.from) range.from -= kInstant;
  std::vector<TimeRange> pieces;
  for (TimePointMs from = range.from; from <= range.to;) {
    TimePointMs to = range.to;
    if (IsTooLong({from, to}, limits)) {
      to = from + std::max(*limits.longest, kInstant);
      if (limits.split == to + kInstant) to -= kInstant;
    }
    pieces.push_back({from, to});
    from = to + kInstant;
  }
  return pieces;
}

Result<std::vector<SeriesPiece>> SplitSeries(const SeriesQuery& query,
                                             const WindowLimits& limits) {
  const TimeRange& range = query.profiles.range;
  const bool is_one_step = query.step >= range.length();
  PMCP_TRY_VOID(CheckLength(
      range.length(), is_one_step ? milliseconds(1) : query.step, limits));
  const auto& split = limits.split;
  const bool has_both = split && range.from <= *split && *split <= range.to;
  std::vector<SeriesPiece> parts =
      has_both ? SplitAtSeam(query, *split)
               : std::vector<SeriesPiece>{{.query = query}};
  std::vector<SeriesPiece> pieces;
  for (SeriesPiece& part : parts) {
    if (!IsTooLong(part.query.profiles.range, limits)) {
      pieces.push_back(std::move(part));
      continue;
    }
    part.query.limit = 0;  // a piece's largest series may not be the window's
    const milliseconds limit = std::max(*limits.longest, milliseconds(1));
    if (part.query.step <= limit) {
      SplitOnGrid(part, limit, pieces);
    } else {
      SplitSteps(part, limit, pieces);
    }
  }
  return pieces;
}

void SeriesJoin::Add(const SeriesPiece& piece, std::vector<Series> answer) {
  for (Series& series : answer) {
    auto same = std::ranges::find(all_, series.labels, &Series::labels);
    for (Point& point : series.points) {
      if (piece.keep_after && point.timestamp <= *piece.keep_after) continue;
      if (same == all_.end()) {
        all_.push_back({.labels = series.labels, .points = {}});
        same = all_.end() - 1;
      }
      if (piece.bucket) point.timestamp = *piece.bucket;
      AddPoint(std::move(point), same->points);
    }
  }
}

std::vector<Series> SeriesJoin::Finish(const SeriesQuery& query) && {
  profile::SortBySum(all_);
  if (query.limit != 0 && all_.size() > query.limit) all_.resize(query.limit);
  return std::move(all_);
}

}  // namespace pmcp::pyroscope
