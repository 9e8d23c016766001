// Series: values over time, as Pyroscope's SelectSeries answers them, and their
// buckets.
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "base/clock.h"
#include "base/time_range.h"
#include "profile/time/exemplar.h"
#include "profile/words/labels.h"

namespace pmcp::profile {

struct Point {
  TimePointMs timestamp;  // the right edge of its bucket
  double value = 0;       // a sum in the raw unit, not a rate
  /// If requested: the profile with the largest value in this bucket.
  std::vector<Exemplar> exemplars = {};
  friend bool operator==(const Point&, const Point&) = default;
};

struct Series {
  std::vector<Label> labels;  // in the order of the group-by
  std::vector<Point> points;  // by time; empty buckets are omitted
};

double SumOf(const Series& series);

/// Largest sum first, ties by labels: Pyroscope's order. The sum includes the
/// bucket before the window, so a list of the window's largest series has to
/// be sorted again without that bucket.
void SortBySum(std::vector<Series>& all);

/// The buckets of a SelectSeries question (docs/pyroscope-behavior.md, "Series
/// buckets"): right edges at start, start + step, … <= end. Bucket t holds
/// (t - step, t], so the first bucket lies BEFORE the window. Values after the
/// last edge are in no bucket.
///
///            start                            end
///    [────────┤────────┤────────┤────────┤····┤
///     bucket 0 bucket 1 bucket 2 bucket 3 tail
///
/// Callers that want the window only ignore bucket 0.
class SeriesBuckets {
 public:
  SeriesBuckets(TimeRange range, std::chrono::milliseconds step);

  /// The time that the buckets and the tail cover.
  TimeRange fetch_range() const;
  /// The bucket of a time inside fetch_range(), or -1 if it is in the tail.
  std::int64_t IndexOf(TimePointMs time) const;
  TimePointMs Edge(std::int64_t index) const;

 private:
  TimeRange range_;
  std::chrono::milliseconds step_;
};

}  // namespace pmcp::profile
