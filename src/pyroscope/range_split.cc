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

/// To the bucket that is there; the exemplar with the larger value stays.
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

double SumOf(const Series& series) {
  double sum = 0;
  for (const Point& point : series.points) sum += point.value;
  return sum;
}

SeriesPiece PieceOf(const SeriesQuery& query, TimeRange range,
                    milliseconds step) {
  SeriesPiece piece{.query = query};
  piece.query.profiles.range = range;
  piece.query.step = step;
  piece.query.limit = 0;  // the largest of a piece are not those of the whole
  return piece;
}

/// Windows that begin and end on the grid. Each repeats in its first bucket
/// what the one before has in its last.
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

/// The pieces of the bucket that ends at `edge`: each one bucket of its own,
/// behind one that is left out.
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
  // With the bucket before the window.
  const milliseconds length = range.length() + query.step;
  if (2 * (length / std::max(limit, milliseconds(1))) >=
      static_cast<std::int64_t>(kMaxPieces)) {
    return TooManyPieces(range.length(), limit / 2);
  }
  if (query.step <= limit) return SplitOnGrid(query, limit);
  std::vector<SeriesPiece> pieces;
  // Of the first bucket alone, the left end counts.
  TimePointMs begin = range.from - query.step - milliseconds(1);
  for (TimePointMs edge = range.from; edge <= range.to; edge += query.step) {
    SplitBucket(query, begin, edge, limit, pieces);
    begin = edge;
  }
  return pieces;
}

std::vector<SeriesPiece> SplitAtSeam(const SeriesQuery& query,
                                     TimePointMs seam) {
  const TimeRange& range = query.profiles.range;
  const auto piece = [&](TimePointMs from, TimePointMs to) {
    SeriesPiece part =
        PieceOf(query, {from, to}, std::max(to - from, milliseconds(1)));
    part.bucket = range.to;
    return part;
  };
  std::vector<SeriesPiece> pieces;
  const TimePointMs last_old = seam - milliseconds(2);
  if (last_old > range.from) {
    pieces.push_back(piece(range.from, last_old));
    pieces.back().keep_after = range.from;
  }
  // Its first point is what the new path has until then, all of which counts.
  pieces.push_back(piece(std::min(seam + milliseconds(1), range.to), range.to));
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
  std::ranges::sort(all_, [](const Series& a, const Series& b) {
    const double sum_a = SumOf(a);
    const double sum_b = SumOf(b);
    return sum_a != sum_b ? sum_a > sum_b : a.labels < b.labels;
  });
  if (query.limit != 0 && all_.size() > query.limit) all_.resize(query.limit);
  return std::move(all_);
}

}  // namespace pmcp::pyroscope
