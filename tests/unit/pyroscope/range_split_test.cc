#include "pyroscope/range_split.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/support/fake_clock.h"

namespace pmcp::pyroscope {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

std::optional<milliseconds> Limit(
    const std::string& text, ErrorKind kind = ErrorKind::kInvalidArgument) {
  return LimitNamedIn({kind, text, ""});
}

std::string Refusal(const std::string& limit) {
  return fmt::format(
      "http://h refused SelectSeries with status 400: the query time range "
      "exceeds the limit (max_query_length, actual: 48h0m0s, limit: {})",
      limit);
}

TEST(RangeSplit, ReadsTheLimitAsServersWriteIt) {
  EXPECT_EQ(Limit(Refusal("1d")), hours(24));
  EXPECT_EQ(Limit(Refusal("1w")), hours(7 * 24));
  EXPECT_EQ(Limit(Refusal("1d12h")), hours(36));
  EXPECT_EQ(Limit(Refusal("24h0m0s")), hours(24));
  EXPECT_EQ(Limit(Refusal("1h30m")), milliseconds(5'400'000));
}

TEST(RangeSplit, OtherRefusalsNameNone) {
  EXPECT_EQ(Limit("no such thing (limit: 1d)"), std::nullopt);
  EXPECT_EQ(Limit(Refusal("1d"), ErrorKind::kUnavailable), std::nullopt);
  EXPECT_EQ(Limit(Refusal("much")), std::nullopt);
}

TEST(RangeSplit, PiecesHaveNoInstantInCommonAndLeaveNoneOut) {
  const TimeRange range{test::At("2026-11-20T00:00:00Z"),
                        test::At("2026-11-22T12:00:00Z")};
  const auto pieces = SplitRange(range, hours(24));
  ASSERT_TRUE(pieces.ok());
  ASSERT_EQ(pieces->size(), 3u);
  EXPECT_EQ(pieces->front().from, range.from);
  EXPECT_EQ(pieces->back().to, range.to);
  for (std::size_t i = 0; i < pieces->size(); ++i) {
    EXPECT_LE((*pieces)[i].length(), hours(24));
    if (i > 0) {
      EXPECT_EQ((*pieces)[i].from, (*pieces)[i - 1].to + milliseconds(1));
    }
  }
}

TEST(RangeSplit, TooManyPiecesAreRefusedWithTheLimitNamed) {
  const TimeRange range{test::At("2026-01-01T00:00:00Z"),
                        test::At("2026-11-22T12:00:00Z")};
  const auto pieces = SplitRange(range, hours(24));
  ASSERT_FALSE(pieces.ok());
  EXPECT_EQ(pieces.error().kind, ErrorKind::kInvalidArgument);
  EXPECT_NE(pieces.error().message.find("answers 24 h at once"),
            std::string::npos)
      << pieces.error().message;
  EXPECT_EQ(pieces.error().hint, "Ask for at most 1536 h.");
}

}  // namespace
}  // namespace pmcp::pyroscope
