#include "profile/time/series.h"

#include <gtest/gtest.h>

#include <limits>
#include <map>
#include <string>
#include <vector>

#include "tests/support/random.h"

namespace pmcp::profile {
namespace {

using std::chrono::milliseconds;

TimePointMs Ms(std::int64_t ms) { return TimePointMs(milliseconds(ms)); }

SeriesBuckets Buckets(std::int64_t from, std::int64_t to, std::int64_t step) {
  return SeriesBuckets({Ms(from), Ms(to)}, milliseconds(step));
}

TEST(SortBySum, PutsTheLargestFirstAndTiesByLabels) {
  const auto series = [](const char* pod, double first, double second) {
    return Series{{{"pod", pod}}, {{Ms(1), first}, {Ms(2), second}}};
  };
  std::vector<Series> all = {series("c", 1, 2), series("a", 4, 0),
                             series("b", 2, 1), series("d", 0, 4)};
  EXPECT_EQ(SumOf(all.front()), 3);
  SortBySum(all);
  std::string order;
  for (const Series& one : all) order += one.labels.front().value;
  EXPECT_EQ(order, "adbc");
}

TEST(SeriesBuckets, BeginOneStepBeforeTheWindow) {
  EXPECT_EQ(Buckets(1000, 1050, 15).fetch_range(),
            (TimeRange{Ms(985), Ms(1050)}));
}

TEST(SeriesBuckets, EndAtTheirRightEdges) {
  const SeriesBuckets buckets = Buckets(1000, 1050, 15);
  EXPECT_EQ(buckets.Edge(0), Ms(1000));
  EXPECT_EQ(buckets.Edge(3), Ms(1045));
  EXPECT_EQ(buckets.IndexOf(Ms(985)), 0);
  EXPECT_EQ(buckets.IndexOf(Ms(1000)), 0);
  EXPECT_EQ(buckets.IndexOf(Ms(1001)), 1);
  EXPECT_EQ(buckets.IndexOf(Ms(1015)), 1);
  EXPECT_EQ(buckets.IndexOf(Ms(1016)), 2);
}

TEST(SeriesBuckets, LeaveOutTheTailBehindTheLastEdge) {
  const SeriesBuckets buckets = Buckets(1000, 1050, 15);
  EXPECT_EQ(buckets.IndexOf(Ms(1045)), 3);
  EXPECT_EQ(buckets.IndexOf(Ms(1046)), -1);
  EXPECT_EQ(buckets.IndexOf(Ms(1050)), -1);
}

TEST(SeriesBuckets, MayBeOne) {
  const SeriesBuckets buckets = Buckets(1000, 1010, 15);
  EXPECT_EQ(buckets.IndexOf(Ms(990)), 0);
  EXPECT_EQ(buckets.IndexOf(Ms(1001)), -1);
  EXPECT_EQ(Buckets(5, 5, 1).IndexOf(Ms(5)), 0);
}

TEST(SeriesBuckets, EndWithTheWindowWhenTheStepDividesIt) {
  const SeriesBuckets buckets = Buckets(1000, 2000, 1000);
  EXPECT_EQ(buckets.IndexOf(Ms(2000)), 1);
  EXPECT_EQ(buckets.Edge(1), Ms(2000));
}

TEST(SeriesBuckets, DoNotOverflow) {
  constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
  constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();
  EXPECT_EQ(Buckets(-10, 0, kMax).fetch_range().from, TimePointMs::min());
  EXPECT_EQ(Buckets(kMin, kMax, 1000).IndexOf(Ms(0)), (kMax / 1000) + 1);
  EXPECT_EQ(Buckets(1, kMax, kMax).IndexOf(Ms(kMax)), -1);
}

// As docs/pyroscope-behavior.md, "Series buckets", has it, literally: for t =
// start, start + step, … while t <= end, bucket t takes what is not yet taken
// with a time <= t.
TEST(SeriesBuckets, DoAsTheServerDoes) {
  test::SplitMix64 random(3);
  for (int round = 0; round < 2'000; ++round) {
    const auto from = static_cast<std::int64_t>(random.Below(100));
    const auto to = from + static_cast<std::int64_t>(random.Below(60));
    const auto step = static_cast<std::int64_t>(1 + random.Below(20));
    const SeriesBuckets buckets = Buckets(from, to, step);
    for (std::int64_t time = from - step; time <= to; ++time) {
      std::int64_t expected = -1;
      for (std::int64_t i = 0; from + i * step <= to && expected < 0; ++i) {
        if (time <= from + i * step) expected = i;
      }
      ASSERT_EQ(buckets.IndexOf(Ms(time)), expected)
          << from << " " << to << " " << step << " " << time;
    }
  }
}

}  // namespace
}  // namespace pmcp::profile
