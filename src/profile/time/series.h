// Series: values in time, as SelectSeries gives them, and their bucketing.
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
  /// When asked for: the profile with the largest value in this bucket.
  std::vector<Exemplar> exemplars = {};
  friend bool operator==(const Point&, const Point&) = default;
};

struct Series {
  std::vector<Label> labels;  // in the order of the group-by
  std::vector<Point> points;  // by time; empty buckets are absent
};

double SumOf(const Series& series);

/// Largest sum first, ties by labels: Pyroscope's order. The sum includes the
/// bucket before the window, so a list of the window's largest series has to
/// be sorted again without that bucket.
void SortBySum(std::vector<Series>& all);

/// The buckets of a SelectSeries question (docs/pyroscope-behavior.md, "Series
/// buckets"): right edges at start, start + step, … <= end; bucket t holds (t -
/// step, t], and the first one begins one step BEFORE the window. Later values
/// belong to no bucket.
///
///            start                            end
///    [────────┤────────┤────────┤────────┤····┤
///     bucket 0 bucket 1 bucket 2 bucket 3 tail
///
/// Who wants the window alone leaves out bucket 0.
class SeriesBuckets {
 public:
  SeriesBuckets(TimeRange range, std::chrono::milliseconds step);

  /// Rows outside of this are no one's.
  TimeRange fetch_range() const;
  /// The bucket of a time inside fetch_range(), or -1 when it is in the tail.
  std::int64_t IndexOf(TimePointMs time) const;
  TimePointMs Edge(std::int64_t index) const;

 private:
  TimeRange range_;
  std::chrono::milliseconds step_;
};

}  // namespace pmcp::profile
