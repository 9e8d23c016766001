#include "http/client/retry.h"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>

namespace pmcp::http {
namespace {

using std::chrono::milliseconds;

const RetryOptions kOptions = {.max_retries = 2,
                               .first_pause = milliseconds(100),
                               .longest_pause = milliseconds(5000)};

TEST(PauseBefore, TakesRetryAfterUpToTheLongestPause) {
  EXPECT_EQ(PauseBefore(0, "4", kOptions), milliseconds(4000));
  EXPECT_EQ(PauseBefore(0, "5", kOptions), milliseconds(5000));
  EXPECT_EQ(PauseBefore(0, "6", kOptions), std::nullopt);
  EXPECT_EQ(PauseBefore(0, "86400", kOptions), std::nullopt);
}

TEST(PauseBefore, ReadsRetryAfterInSeconds) {
  EXPECT_EQ(PauseBefore(1, " 2 ", kOptions), milliseconds(2000));
  EXPECT_EQ(PauseBefore(0, "0", kOptions), milliseconds(100))
      << "never shorter than the first pause";
  EXPECT_EQ(PauseBefore(0, "-1", kOptions), std::nullopt);
}

TEST(PauseBefore, DoublesWithoutRetryAfter) {
  EXPECT_EQ(PauseBefore(0, "", kOptions), milliseconds(100));
  EXPECT_EQ(PauseBefore(1, "", kOptions), milliseconds(200));
  EXPECT_EQ(PauseBefore(0, "soon", kOptions), milliseconds(100));
}

TEST(PauseBefore, SpreadsPausesByHalfOfTheirLength) {
  RetryOptions options = kOptions;
  options.jitter = [] { return 0.0; };
  EXPECT_EQ(PauseBefore(0, "", options), milliseconds(50));
  options.jitter = [] { return 1.0; };
  EXPECT_EQ(PauseBefore(0, "", options), milliseconds(150));
}

TEST(PauseBefore, EndsAfterTheLastRetry) {
  EXPECT_NE(PauseBefore(1, "1", kOptions), std::nullopt);
  EXPECT_EQ(PauseBefore(2, "1", kOptions), std::nullopt);
  EXPECT_EQ(PauseBefore(2, "", kOptions), std::nullopt);
}

}  // namespace
}  // namespace pmcp::http
