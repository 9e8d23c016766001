#include "pyroscope/range_split.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/text.h"

namespace pmcp::pyroscope {
namespace {

using profile::Point;
using profile::Series;
using source::SeriesQuery;
using std::chrono::milliseconds;

Error TooManyPieces(milliseconds length, milliseconds limit) {
  const auto hours = [](milliseconds time) {
    return std::chrono::duration<double, std::ratio<3600>>(time).count();
  };
  return InvalidArgument(
      fmt::format(
          "the window of {:.4g} h is too long: the server answers {:.4g} "
          "h at once",
          hours(length), hours(limit)),
      fmt::format("Ask for at most {:.4g} h.", hours(limit) * kMaxPieces));
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

/// Windows that begin and end on the grid. The first bucket of each repeats the
/// last bucket of the previous one.
std::vector<SeriesPiece> SplitOnGrid(const SeriesQuery& query,
                                     milliseconds limit) {
  const TimeRange& range = query.profiles.range;
  const milliseconds length = limit / query.step * query.step;
  std::vector<SeriesPiece> pieces;
  for (TimePointMs from = range.from;; from += length) {
    const TimePointMs to = std::min(from + length, range.to);
    pieces.push_back(PieceOf(query, {from, to}, query.step));
    if (from != range.from) pieces.back().keep_after = from;
    if (to == range.to) return pieces;
  }
}

/// Splits the bucket that ends at `edge`. Each piece has two buckets, of which
/// the first is dropped.
void SplitBucket(const SeriesQuery& query, TimePointMs begin, TimePointMs edge,
                 milliseconds limit, std::vector<SeriesPiece>& pieces) {
  while (begin < edge) {
    const TimePointMs end = std::min(begin + limit, edge);
    SeriesPiece piece = PieceOf(query, {begin, end}, end - begin);
    piece.keep_after = begin;
    piece.bucket = edge;
    pieces.push_back(std::move(piece));
    begin = end;
  }
}

}  // namespace

std::optional<milliseconds> LimitNamedIn(const Error& refusal) {
  const std::string_view message = refusal.message;
  constexpr std::string_view kMark = "limit: ";
  if (refusal.kind != ErrorKind::kInvalidArgument ||
      message.find("max_query_length") == std::string_view::npos) {
    return std::nullopt;
  }
  const std::size_t mark = message.rfind(kMark);
  if (mark == std::string_view::npos) return std::nullopt;
  const std::string_view rest = message.substr(mark + kMark.size());
  return ParseDuration(rest.substr(0, rest.find(')')));
}

Result<std::vector<TimeRange>> SplitRange(const TimeRange& range,
                                          milliseconds limit) {
  if (range.length() / std::max(limit, milliseconds(1)) >=
      static_cast<std::int64_t>(kMaxPieces)) {
    return TooManyPieces(range.length(), limit);
  }
  std::vector<TimeRange> pieces;
  for (TimePointMs from = range.from; from <= range.to;) {
    const TimePointMs to = std::min(from + limit, range.to);
    pieces.push_back({from, to});
    from = to + milliseconds(1);
  }
  return pieces;
}

Result<std::vector<SeriesPiece>> SplitSeries(const SeriesQuery& query,
                                             milliseconds limit) {
  const TimeRange& range = query.profiles.range;
  // Includes the bucket before the window.
  const milliseconds length = range.length() + query.step;
  if (2 * (length / std::max(limit, milliseconds(1))) >=
      static_cast<std::int64_t>(kMaxPieces)) {
    return TooManyPieces(range.length(), limit / 2);
  }
  if (query.step <= limit) return SplitOnGrid(query, limit);
  std::vector<SeriesPiece> pieces;
  // Only the first bucket includes its left edge.
  TimePointMs begin = range.from - query.step - milliseconds(1);
  for (TimePointMs edge = range.from; edge <= range.to; edge += query.step) {
    SplitBucket(query, begin, edge, limit, pieces);
    begin = edge;
  }
  return pieces;
}

std::vector<SeriesPiece> SplitAtSeam(const SeriesQuery& query,
                                     TimePointMs seam) {
  using Time = std::optional<TimePointMs>;
  constexpr milliseconds kInstant(1);
  const TimeRange& range = query.profiles.range;
  const milliseconds step = query.step;
  const TimePointMs last_old = seam - 2 * kInstant;
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
  if (old_buckets == 0) {
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
