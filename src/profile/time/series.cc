#include "profile/time/series.h"

#include <algorithm>

#include "base/check.h"

namespace pmcp::profile {
namespace {

using std::chrono::milliseconds;

// Windows and steps come from outside and may be as large as an int64.
TimePointMs ClampedMinus(TimePointMs time, milliseconds length) {
  std::int64_t result = 0;
  if (__builtin_sub_overflow(time.time_since_epoch().count(), length.count(),
                             &result)) {
    return TimePointMs::min();
  }
  return TimePointMs(milliseconds(result));
}

// To `later`, which is not before `time`: fits into 64 bits without a sign.
std::uint64_t Since(TimePointMs time, TimePointMs later) {
  return static_cast<std::uint64_t>(later.time_since_epoch().count()) -
         static_cast<std::uint64_t>(time.time_since_epoch().count());
}

}  // namespace

double SumOf(const Series& series) {
  double sum = 0;
  for (const Point& point : series.points) sum += point.value;
  return sum;
}

void SortBySum(std::vector<Series>& all) {
  std::ranges::sort(all, [](const Series& a, const Series& b) {
    const double sum_a = SumOf(a);
    const double sum_b = SumOf(b);
    return sum_a != sum_b ? sum_a > sum_b : a.labels < b.labels;
  });
}

SeriesBuckets::SeriesBuckets(TimeRange range, milliseconds step)
    : range_(range), step_(step) {
  PMCP_CHECK(range.from <= range.to && step.count() > 0);
}

TimeRange SeriesBuckets::fetch_range() const {
  return {ClampedMinus(range_.from, step_), range_.to};
}

std::int64_t SeriesBuckets::IndexOf(TimePointMs time) const {
  if (time <= range_.from) return 0;
  const auto step = static_cast<std::uint64_t>(step_.count());
  const std::uint64_t last = Since(range_.from, range_.to) / step;
  const std::uint64_t index = (Since(range_.from, time) - 1) / step + 1;
  return index <= last ? static_cast<std::int64_t>(index) : -1;
}

TimePointMs SeriesBuckets::Edge(std::int64_t index) const {
  // An edge lies in the window, but the way there may be longer than an int64:
  // without a sign it comes out right.
  const std::uint64_t way = static_cast<std::uint64_t>(index) *
                            static_cast<std::uint64_t>(step_.count());
  const auto from =
      static_cast<std::uint64_t>(range_.from.time_since_epoch().count());
  return TimePointMs(milliseconds(static_cast<std::int64_t>(from + way)));
}

}  // namespace pmcp::profile
