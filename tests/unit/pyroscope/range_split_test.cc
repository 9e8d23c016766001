#include "pyroscope/range_split.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/support/fake_clock.h"

namespace pmcp::pyroscope {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

TEST(RangeSplit, PiecesHaveNoInstantInCommonAndLeaveNoneOut) {
  const TimeRange range{test::At("2026-11-20T00:00:00Z"),
                        test::At("2026-11-22T12:00:00Z")};
  const auto pieces = SplitRange(range, {.longest = hours(24)});
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
  const auto pieces = SplitRange(range, {.longest = hours(24)});
  ASSERT_FALSE(pieces.ok());
  EXPECT_EQ(pieces.error().kind, ErrorKind::kInvalidArgument);
  EXPECT_NE(pieces.error().message.find("answers 24 h at once"),
            std::string::npos)
      << pieces.error().message;
  EXPECT_EQ(pieces.error().hint, "Ask for at most 1536 h.");
}

TEST(RangeSplit, NoPieceBeginsAtTheSplit) {
  const TimePointMs from = test::At("2026-11-20T00:00:00Z");
  const TimeRange range{from, from + hours(60)};
  const TimePointMs second = from + hours(24) + milliseconds(1);
  for (const TimePointMs split : {from, second, range.to}) {
    const auto pieces =
        SplitRange(range, {.longest = hours(24), .split = split});
    ASSERT_TRUE(pieces.ok());
    TimePointMs next = split == from ? from - milliseconds(1) : from;
    for (const TimeRange& piece : *pieces) {
      EXPECT_EQ(piece.from, next);
      EXPECT_NE(piece.from, split);
      EXPECT_LE(piece.length(), hours(24));
      next = piece.to + milliseconds(1);
    }
    EXPECT_EQ(pieces->back().to, range.to);
  }
}

source::SeriesQuery SeriesOver(const TimeRange& range, milliseconds step) {
  source::SeriesQuery query{.profiles = {{}, {}, range}, .step = step};
  return query;
}

TEST(RangeSplit, SeriesOfOneStepNeedNoMoreRequestsThanStacks) {
  const TimePointMs from = test::At("2026-11-01T00:00:00Z");
  for (const int days : {1, 7, 30, 64}) {
    source::SeriesQuery query =
        SeriesOver({from - milliseconds(1), from + hours(24 * days)},
                   hours(24 * days) + milliseconds(1));
    query.wants_bucket_before = false;
    const auto pieces = SplitSeries(query, {.longest = hours(24)});
    ASSERT_TRUE(pieces.ok()) << pieces.error().message;
    EXPECT_EQ(pieces->size(), static_cast<std::size_t>(days + 1));
  }
}

TEST(RangeSplit, NoPieceIsLongerThanTheLimitOrCrossesTheSplit) {
  const TimePointMs from = test::At("2026-11-01T00:00:00Z");
  const TimeRange range{from, from + hours(100)};
  for (const auto after : {hours(0), hours(1), hours(24), hours(77)}) {
    const TimePointMs split = from + after;
    for (const milliseconds step :
         {milliseconds(hours(1)), milliseconds(hours(36)),
          milliseconds(hours(100))}) {
      const auto pieces = SplitSeries(SeriesOver(range, step),
                                      {.longest = hours(24), .split = split});
      ASSERT_TRUE(pieces.ok());
      EXPECT_GT(pieces->size(), 4u);
      for (const SeriesPiece& piece : *pieces) {
        const TimeRange& asked = piece.query.profiles.range;
        EXPECT_LE(asked.length(), hours(24));
        EXPECT_TRUE(asked.to < split || asked.from > split)
            << FormatTime(asked.from) << " " << FormatTime(asked.to);
      }
    }
  }
}

}  // namespace
}  // namespace pmcp::pyroscope
