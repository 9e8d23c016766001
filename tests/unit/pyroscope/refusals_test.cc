#include "pyroscope/refusals.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <string>

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

TEST(Refusals, ReadsTheLimitAsServersWriteIt) {
  EXPECT_EQ(Limit(Refusal("1d")), hours(24));
  EXPECT_EQ(Limit(Refusal("1w")), hours(7 * 24));
  EXPECT_EQ(Limit(Refusal("1d12h")), hours(36));
  EXPECT_EQ(Limit(Refusal("24h0m0s")), hours(24));
  EXPECT_EQ(Limit(Refusal("1h30m")), milliseconds(5'400'000));
}

TEST(Refusals, OtherRefusalsNameNone) {
  EXPECT_EQ(Limit("no such thing (limit: 1d)"), std::nullopt);
  EXPECT_EQ(Limit(Refusal("1d"), ErrorKind::kUnavailable), std::nullopt);
  EXPECT_EQ(Limit(Refusal("much")), std::nullopt);
}

TEST(Refusals, AWindowThatBeginsAtTheSplitIsKnownByItsMessage) {
  const std::string message =
      "http://h refused Series with status 400: query start time is after end "
      "time";
  EXPECT_TRUE(IsSplitRefusal({ErrorKind::kInvalidArgument, message, ""}));
  EXPECT_FALSE(IsSplitRefusal({ErrorKind::kUnavailable, message, ""}));
  EXPECT_FALSE(IsSplitRefusal({ErrorKind::kInvalidArgument, "other", ""}));
}

}  // namespace
}  // namespace pmcp::pyroscope
