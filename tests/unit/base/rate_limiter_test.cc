#include "base/rate_limiter.h"

#include <gtest/gtest.h>

#include <string>

namespace pmcp {
namespace {

using std::chrono::milliseconds;

struct Fixture : testing::Test {
  RateLimiter::Clock::time_point now{std::chrono::seconds(1)};
  RateLimiter limiter{{.per_second = 10, .burst = 2}, [this] { return now; }};
};
using RateLimiterTest = Fixture;

TEST_F(RateLimiterTest, LetsABurstThroughAndThenARate) {
  EXPECT_EQ(limiter.Take("a").count(), 0);
  EXPECT_EQ(limiter.Take("a").count(), 0);
  EXPECT_EQ(limiter.Take("a").count(), 100) << "until the next token";
  now += milliseconds(50);
  EXPECT_EQ(limiter.Take("a").count(), 50);
  now += milliseconds(50);
  EXPECT_EQ(limiter.Take("a").count(), 0);
  EXPECT_GT(limiter.Take("a").count(), 0);
}

TEST_F(RateLimiterTest, CallersDoNotTakeFromEachOther) {
  limiter.Take("a");
  limiter.Take("a");
  EXPECT_GT(limiter.Take("a").count(), 0);
  EXPECT_EQ(limiter.Take("b").count(), 0);
}

TEST_F(RateLimiterTest, RefillsNoFurtherThanTheBurst) {
  limiter.Take("a");
  now += std::chrono::hours(1);
  EXPECT_EQ(limiter.Take("a").count(), 0);
  EXPECT_EQ(limiter.Take("a").count(), 0);
  EXPECT_GT(limiter.Take("a").count(), 0);
}

TEST_F(RateLimiterTest, RemembersABoundedNumberOfCallers) {
  for (std::size_t i = 0; i < RateLimiter::kMaxCallers; ++i) {
    limiter.Take(std::to_string(i));
  }
  // All callers are active, so these two share one bucket.
  EXPECT_EQ(limiter.Take("x").count(), 0);
  EXPECT_EQ(limiter.Take("y").count(), 0);
  EXPECT_GT(limiter.Take("z").count(), 0);
  now += std::chrono::seconds(1);
  EXPECT_EQ(limiter.Take("z").count(), 0) << "the others were forgotten";
}

TEST(RateLimiter, CanBeOff) {
  RateLimiter limiter({.per_second = 0, .burst = 0}, &RateLimiter::Clock::now);
  for (int i = 0; i < 1000; ++i) ASSERT_EQ(limiter.Take("a").count(), 0);
}

}  // namespace
}  // namespace pmcp
