#include "profile/time/series_summary.h"

#include <gtest/gtest.h>

#include <cmath>

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

// Nothing was measured in the second and third step: memory in use was not 0
// then.
TEST(Summarize, OfALevelLeavesOutWhatNobodySaw) {
  const Series series{.points = {{kStart + seconds(15), 30},
                                 {kStart + seconds(60), 90},
                                 {kStart + seconds(90), 60}}};
  const auto summary = Summarize(series, {kStart, kStart + seconds(120)},
                                 seconds(15), EmptyBuckets::kAreUnknown);
  EXPECT_EQ(summary.total, 180);
  EXPECT_EQ(summary.min, 30);
  EXPECT_EQ(summary.mean, 60);
  EXPECT_EQ(summary.max, 90);
  EXPECT_EQ(summary.last, 60);
  ASSERT_EQ(summary.buckets.size(), 8u);
  EXPECT_EQ(summary.buckets[0], 30);
  EXPECT_TRUE(std::isnan(summary.buckets[1]));
  EXPECT_TRUE(std::isnan(summary.buckets[7]));
}

TEST(Summarize, OfALevelThatNobodySawIsNothing) {
  const auto summary =
      Summarize({.points = {{kStart, 5}}}, {kStart, kStart + seconds(30)},
                seconds(15), EmptyBuckets::kAreUnknown);
  EXPECT_EQ(summary.total, 0);
  EXPECT_EQ(summary.min, 0);
  EXPECT_EQ(summary.mean, 0);
  EXPECT_EQ(summary.max, 0);
  EXPECT_EQ(summary.last, 0);
}

TEST(Summarize, OfNothingIsNothing) {
  const auto summary =
      Summarize({}, {kStart, kStart + seconds(30)}, seconds(15));
  EXPECT_EQ(summary.buckets, (std::vector<double>{0, 0}));
  EXPECT_EQ(summary.max, 0);
}

}  // namespace
}  // namespace pmcp::profile
