#include "profile/series_summary.h"

#include <gtest/gtest.h>

#include "tests/support/fake_clock.h"

namespace pmcp::profile {
namespace {

using std::chrono::seconds;
using test::At;

const TimePointMs kStart = At("2026-07-28T10:00:00Z");

TEST(Summarize, CountsEmptyBucketsAndDropsWhatLiesBefore) {
  const Series series{.points = {{kStart, 1000},
                                 {kStart + seconds(15), 30},
                                 {kStart + seconds(60), 90}}};
  const auto summary =
      Summarize(series, {kStart, kStart + seconds(60)}, seconds(15));
  EXPECT_EQ(summary.buckets, (std::vector<double>{30, 0, 0, 90}));
  EXPECT_EQ(summary.total, 120);
  EXPECT_EQ(summary.min, 0);
  EXPECT_EQ(summary.mean, 30);
  EXPECT_EQ(summary.max, 90);
  EXPECT_EQ(summary.last, 90);
}

TEST(Summarize, OfNothingIsNothing) {
  const auto summary =
      Summarize({}, {kStart, kStart + seconds(30)}, seconds(15));
  EXPECT_EQ(summary.buckets, (std::vector<double>{0, 0}));
  EXPECT_EQ(summary.max, 0);
}

}  // namespace
}  // namespace pmcp::profile
