#include "base/time_range.h"

#include <gtest/gtest.h>

#include "tests/support/fake_clock.h"

namespace pmcp {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using test::At;
using test::FakeClock;

const FakeClock& Noon() {
  static const FakeClock clock(At("2026-07-28T12:00:00Z"));
  return clock;
}

struct TimeCase {
  const char* text;
  const char* expected;  // nullptr: refused
};

TEST(ParseTime, UnderstandsEveryForm) {
  constexpr TimeCase kCases[] = {
      {"now", "2026-07-28T12:00:00Z"},
      {" now-1h ", "2026-07-28T11:00:00Z"},
      {"now-1h30m", "2026-07-28T10:30:00Z"},
      {"now+5m", "2026-07-28T12:05:00Z"},
      {"-15m", "2026-07-28T11:45:00Z"},
      {"7d", "2026-07-21T12:00:00Z"},
      {"2w", "2026-07-14T12:00:00Z"},
      {"250ms", "2026-07-28T11:59:59.750Z"},
      {"2026-07-28T10:00:00Z", "2026-07-28T10:00:00Z"},
      {"2026-07-28t10:00:00z", "2026-07-28T10:00:00Z"},
      {"2026-07-28 10:00:00", "2026-07-28T10:00:00Z"},
      {"2026-07-28T10:00:00.5Z", "2026-07-28T10:00:00.500Z"},
      {"2026-07-28T10:00:00.123456789Z", "2026-07-28T10:00:00.123Z"},
      {"2026-07-28T10:00:00+02:00", "2026-07-28T08:00:00Z"},
      {"2026-07-28T10:00:00-0530", "2026-07-28T15:30:00Z"},
      {"2026-07-28", "2026-07-28T00:00:00Z"},
      {"1785232800", "2026-07-28T10:00:00Z"},
      {"1785232800123", "2026-07-28T10:00:00.123Z"},
  };
  for (const auto& c : kCases) {
    const auto time = ParseTime("from", c.text, Noon());
    ASSERT_TRUE(time.ok()) << c.text;
    EXPECT_EQ(FormatTime(*time), c.expected) << c.text;
  }
}

TEST(ParseTime, RefusesWhatIsNoTime) {
  for (const char* text :
       {"", "yesterday", "now-", "now1h", "1x", "h", "2026-13-01", "2026-02-30",
        "2026-07-28T25:00:00Z", "2026-07-28T10:00Z", "2026-07-28T10:00:00.Z",
        "2026-07-28T10:00:00+9900", "-1785232800", "99999999999999999999",
        "now-99999999999d", "1e9", "0s"}) {
    const auto time = ParseTime("from", text, Noon());
    ASSERT_FALSE(time.ok()) << text;
    EXPECT_EQ(time.error().kind, ErrorKind::kInvalidArgument);
    EXPECT_NE(time.error().message.find("from"), std::string::npos);
    EXPECT_NE(time.error().hint.find("now-1h"), std::string::npos);
  }
}

class ParseTimeRangeTest : public testing::Test {
 protected:
  const TimeRange fallback_{At("2026-07-01T00:00:00Z"),
                            At("2026-07-01T02:00:00Z")};
};

TEST_F(ParseTimeRangeTest, NothingGivenIsTheSourcesOwnWindow) {
  const auto range = ParseTimeRange("", " ", fallback_, Noon());
  ASSERT_TRUE(range.ok());
  EXPECT_EQ(*range, fallback_);
}

TEST_F(ParseTimeRangeTest, OnlyFromReachesToNow) {
  const auto range = ParseTimeRange("now-1h", "", fallback_, Noon());
  ASSERT_TRUE(range.ok());
  EXPECT_EQ(*range, (TimeRange{At("2026-07-28T11:00:00Z"),
                               At("2026-07-28T12:00:00Z")}));
}

TEST_F(ParseTimeRangeTest, OnlyToKeepsTheLengthOfTheFallback) {
  const auto range = ParseTimeRange("", "now-1h", fallback_, Noon());
  ASSERT_TRUE(range.ok());
  EXPECT_EQ(range->to, At("2026-07-28T11:00:00Z"));
  EXPECT_EQ(range->length(), hours(2));
}

TEST_F(ParseTimeRangeTest, RefusesAReversedWindow) {
  const auto range = ParseTimeRange("now", "now-1h", fallback_, Noon());
  ASSERT_FALSE(range.ok());
  EXPECT_EQ(range.error().message,
            "from (2026-07-28T12:00:00Z) is after to (2026-07-28T11:00:00Z)");
}

TEST(ParseDuration, ReadsSumsAndRefusesNothing) {
  EXPECT_EQ(ParseDuration("1h30m"), milliseconds(90 * 60 * 1000));
  EXPECT_EQ(ParseDuration("1m1ms"), milliseconds(60001));
  EXPECT_EQ(ParseDuration("1.5h"), milliseconds(90 * 60 * 1000));
  EXPECT_EQ(ParseDuration("13.5s"), milliseconds(13'500));
  EXPECT_EQ(ParseDuration("1h0.5m"), milliseconds(3'630'000));
  EXPECT_EQ(ParseDuration("0.0000000001h"), std::nullopt);
  EXPECT_EQ(ParseDuration("1.h"), std::nullopt);
  EXPECT_EQ(ParseDuration("1.5"), std::nullopt);
  EXPECT_EQ(ParseDuration(""), std::nullopt);
  EXPECT_EQ(ParseDuration("1"), std::nullopt);
  EXPECT_EQ(ParseDuration("0s"), std::nullopt);
  EXPECT_EQ(ParseDuration("9223372036854775807w"), std::nullopt);
}

TEST(FloorToMs, RoundsDownAlsoBeforeTheEpoch) {
  EXPECT_EQ(FloorToMs(TimePoint(std::chrono::nanoseconds(1'999'999))),
            TimePointMs(milliseconds(1)));
  EXPECT_EQ(FloorToMs(TimePoint(std::chrono::nanoseconds(-1))),
            TimePointMs(milliseconds(-1)));
}

}  // namespace
}  // namespace pmcp
