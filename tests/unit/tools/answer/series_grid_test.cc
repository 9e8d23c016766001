#include "tools/answer/series_grid.h"

#include <gtest/gtest.h>

#include "tests/support/fake_clock.h"

namespace pmcp::tools {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using test::At;

TimeRange Window(milliseconds length) {
  const TimePointMs end = At("2026-07-28T12:00:00Z");
  return {end - length, end};
}

TEST(MakeSeriesGrid, FitsWindowsThatAreWholeSteps) {
  const auto grid = MakeSeriesGrid(Window(hours(1)), "", false);
  ASSERT_TRUE(grid.ok());
  EXPECT_EQ(grid->step, minutes(1));
  EXPECT_EQ(grid->range, Window(hours(1)));
  EXPECT_EQ(grid->buckets(), 60);
}

TEST(MakeSeriesGrid, BeginsEarlierRatherThanLoseTheTail) {
  const auto grid = MakeSeriesGrid(Window(seconds(50)), "15s", false);
  ASSERT_TRUE(grid.ok());
  EXPECT_EQ(grid->range, Window(seconds(60)));
}

TEST(MakeSeriesGrid, AddsABucketForTheVeryStart) {
  const auto grid = MakeSeriesGrid(Window(seconds(45)), "15s", true);
  ASSERT_TRUE(grid.ok());
  EXPECT_EQ(grid->range, Window(seconds(60)));
  EXPECT_EQ(MakeSeriesGrid(Window(seconds(0)), "15s", true)->buckets(), 1);
}

TEST(MakeSeriesGrid, UsualStepsAreRoundAndFew) {
  for (const auto length :
       {seconds(1), seconds(3600), seconds(86400), seconds(86400 * 365)}) {
    const auto grid = MakeSeriesGrid(Window(length), "", false);
    ASSERT_TRUE(grid.ok());
    EXPECT_LE(grid->buckets(), 60);
    EXPECT_GE(grid->step, seconds(15));
  }
}

TEST(MakeSeriesGrid, TakesTheStepThatTheDataSourceNames) {
  const auto step = [](milliseconds window, milliseconds min_step) {
    return MakeSeriesGrid(Window(window), "", false, min_step)->step;
  };
  EXPECT_EQ(step(minutes(20), seconds(20)), seconds(20));
  EXPECT_EQ(step(seconds(1), minutes(7)), minutes(7));
  // A longer window uses the next round step that is a multiple of min_step.
  EXPECT_EQ(step(minutes(21), seconds(20)), minutes(1));
  EXPECT_EQ(step(hours(24), seconds(20)), minutes(30));
  EXPECT_EQ(step(hours(24), minutes(7)), minutes(28));
  // An explicit step is used as it is.
  EXPECT_EQ(MakeSeriesGrid(Window(hours(1)), "1s", false, minutes(1))->step,
            seconds(1));
}

TEST(MakeSeriesGrid, RefusesTooManyPointsAndNoSteps) {
  EXPECT_EQ(MakeSeriesGrid(Window(hours(1)), "1ms", false).error().kind,
            ErrorKind::kTooLarge);
  EXPECT_EQ(MakeSeriesGrid(Window(hours(1)), "often", false).error().kind,
            ErrorKind::kInvalidArgument);
  EXPECT_TRUE(MakeSeriesGrid(Window(seconds(11'000)), "1s", false).ok());
  EXPECT_FALSE(MakeSeriesGrid(Window(seconds(11'001)), "1s", false).ok());
}

}  // namespace
}  // namespace pmcp::tools
