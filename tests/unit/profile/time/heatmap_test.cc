#include "profile/time/heatmap.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <limits>
#include <string>

namespace pmcp::profile {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::IsEmpty;
using Bounds = std::array<double, kHeatmapBuckets>;

constexpr std::int64_t kHuge = std::numeric_limits<std::int64_t>::max();

TimePointMs At(std::int64_t ms) { return TimePointMs(milliseconds(ms)); }

// Points of the profiles "p0", "p1", …, each with a time and a value.
class Points {
 public:
  Points& Add(std::int64_t ms, std::int64_t value, std::uint32_t group = 0) {
    points_.push_back(
        {.timestamp = At(ms),
         .profile_id = ids_.emplace_back("p" + std::to_string(points_.size())),
         .value = value,
         .group = group,
         .series = &none_});
    return *this;
  }

  const std::vector<HeatmapPoint>& all() const { return points_; }

 private:
  const Labels none_;
  std::deque<std::string> ids_;
  std::vector<HeatmapPoint> points_;
};

std::vector<HeatmapSeries> Make(const std::vector<HeatmapPoint>& points,
                                HeatmapOptions options) {
  const std::vector<std::vector<Label>> one_group(1);
  return MakeHeatmap(points, one_group, options);
}

// From 100 to 160 in steps of 20.
HeatmapOptions Window() {
  return {.range = {At(100), At(160)}, .step = milliseconds(20)};
}

// "BUCKET:COUNT" for each bucket that is not empty.
std::string Counts(const HeatmapSlot& slot) {
  std::string text;
  for (std::size_t i = 0; i < kHeatmapBuckets; ++i) {
    if (slot.counts[i] == 0) continue;
    if (!text.empty()) text += " ";
    text += std::to_string(i) + ":" + std::to_string(slot.counts[i]);
  }
  return text;
}

// "TIME BUCKET:COUNT …" for each slot.
std::vector<std::string> Slots(const HeatmapSeries& series) {
  std::vector<std::string> lines;
  for (const HeatmapSlot& slot : series.slots) {
    lines.push_back(std::to_string(slot.timestamp.time_since_epoch().count()) +
                    " " + Counts(slot));
  }
  return lines;
}

TEST(Heatmap, OfNothingIsEmpty) { EXPECT_THAT(Make({}, Window()), IsEmpty()); }

TEST(Heatmap, SpreadsBucketsFromTheSmallestToTheLargestValue) {
  const auto all = Make(Points().Add(100, 1000).Add(100, 1200).all(), Window());
  ASSERT_EQ(all.size(), 1u);
  Bounds expected;
  for (std::size_t i = 0; i < kHeatmapBuckets; ++i) {
    expected[i] = 1000 + 10.0 * static_cast<double>(i);
  }
  EXPECT_EQ(all[0].slots[0].lower_bounds, expected);
}

// 15 * 164 / 20 is 123, but slightly less in floating point.
TEST(Heatmap, CutsBoundsOffAsPyroscopeDoes) {
  const auto all = Make(Points().Add(100, 1000).Add(100, 1164).all(), Window());
  EXPECT_EQ(all[0].slots[0].lower_bounds[14], 1114);
  EXPECT_EQ(all[0].slots[0].lower_bounds[15], 1122);
  EXPECT_EQ(all[0].slots[0].lower_bounds[16], 1131);
}

TEST(Heatmap, BoundsAreInclusiveBelowAndTheLastAboveToo) {
  const auto all = Make(Points()
                            .Add(100, 0)
                            .Add(100, 9)
                            .Add(100, 10)
                            .Add(100, 189)
                            .Add(100, 190)
                            .Add(100, 200)
                            .all(),
                        Window());
  EXPECT_THAT(Slots(all[0]), ElementsAre("100 0:2 1:1 18:1 19:2"));
}

TEST(Heatmap, PutsEqualValuesIntoTheLastBucket) {
  const auto all = Make(Points().Add(100, 7).Add(100, 7).all(), Window());
  EXPECT_THAT(Slots(all[0]), ElementsAre("100 19:2"));
  EXPECT_THAT(all[0].slots[0].lower_bounds,
              ElementsAreArray(std::vector<double>(kHeatmapBuckets, 7)));
}

// Ten units in twenty buckets: two buckets per unit, and the second one has the
// values.
TEST(Heatmap, PutsAValueIntoTheLastOfTheBucketsThatBeginAtIt) {
  const auto all =
      Make(Points().Add(100, 0).Add(100, 1).Add(100, 10).all(), Window());
  EXPECT_THAT(Slots(all[0]), ElementsAre("100 1:1 3:1 19:1"));
}

TEST(Heatmap, BearsTheLargestValues) {
  const auto all = Make(Points().Add(100, 1).Add(100, kHuge).all(), Window());
  EXPECT_THAT(Slots(all[0]), ElementsAre("100 0:1 19:1"));
  const auto equal = Make(Points().Add(100, kHuge).all(), Window());
  EXPECT_THAT(Slots(equal[0]), ElementsAre("100 19:1"));
}

// Their sum wraps around to -2, as in Go: the last bucket whose bound is -2.
TEST(Heatmap, BearsValuesWhoseSumIsTooLarge) {
  Points points;
  points.Add(100, 1).Add(120, kHuge).Add(120, kHuge);
  std::vector<HeatmapPoint> all = points.all();
  all[2].profile_id = all[1].profile_id;
  EXPECT_THAT(Slots(Make(all, Window())[0]),
              ElementsAre("100 19:1", "120 6:1"));
}

TEST(Heatmap, ASlotEndsAtItsTime) {
  const auto all = Make(
      Points().Add(101, 1).Add(120, 1).Add(121, 1).Add(160, 1).all(), Window());
  EXPECT_THAT(Slots(all[0]), ElementsAre("120 19:2", "140 19:1", "160 19:1"));
}

TEST(Heatmap, PutsWhatIsBeforeTheWindowIntoTheFirstSlot) {
  const auto all =
      Make(Points().Add(20, 1).Add(81, 1).Add(100, 1).all(), Window());
  EXPECT_THAT(Slots(all[0]), ElementsAre("100 19:3"));
}

TEST(Heatmap, KeepsTheTailOfAWindowThatIsNoMultipleOfTheStep) {
  const HeatmapOptions options = {.range = {At(100), At(150)},
                                  .step = milliseconds(20)};
  const auto all =
      Make(Points().Add(140, 1).Add(141, 1).Add(150, 1).all(), options);
  EXPECT_THAT(Slots(all[0]), ElementsAre("140 19:1", "160 19:2"));
}

TEST(Heatmap, PutsWhatIsAfterTheWindowIntoTheLastSlot) {
  EXPECT_THAT(Slots(Make(Points().Add(300, 1).all(), Window())[0]),
              ElementsAre("160 19:1"));
}

TEST(Heatmap, BearsAnyWindowAndStep) {
  const HeatmapOptions options = {
      .range = {TimePointMs::min(), TimePointMs::max()},
      .step = milliseconds::max()};
  EXPECT_THAT(Slots(Make(Points().Add(5, 1).all(), options)[0]),
              ElementsAre("9223372036854775806 19:1"));
  const HeatmapOptions late = {.range = {At(1), At(2)},
                               .step = milliseconds::max()};
  EXPECT_THAT(Slots(Make(Points().Add(2, 1).all(), late)[0]),
              ElementsAre("9223372036854775807 19:1"));
}

TEST(Heatmap, HasASeriesForEachGroupAndBoundsForAllTogether) {
  const std::vector<std::vector<Label>> groups = {
      {{"pod", "b"}}, {}, {{"pod", "a"}}};
  const auto all = MakeHeatmap(Points()
                                   .Add(100, 100, 0)
                                   .Add(100, 300, 1)
                                   .Add(100, 200, 2)
                                   .Add(120, 200, 2)
                                   .all(),
                               groups, Window());
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].labels, groups[1]);
  EXPECT_EQ(all[1].labels, groups[2]);
  EXPECT_EQ(all[2].labels, groups[0]);
  EXPECT_THAT(Slots(all[0]), ElementsAre("100 19:1"));
  EXPECT_THAT(Slots(all[1]), ElementsAre("100 10:1", "120 10:1"));
  EXPECT_THAT(Slots(all[2]), ElementsAre("100 0:1"));
}

TEST(Heatmap, LimitKeepsTheSeriesWithTheMostValues) {
  const std::vector<std::vector<Label>> groups = {
      {{"pod", "a"}}, {{"pod", "c"}}, {{"pod", "b"}}};
  Points points;
  points.Add(100, 9, 0).Add(100, 1, 1).Add(120, 1, 1).Add(100, 1, 2).Add(120, 1,
                                                                         2);
  HeatmapOptions options = Window();
  options.limit = 2;
  auto all = MakeHeatmap(points.all(), groups, options);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].labels, groups[2]);
  EXPECT_EQ(all[1].labels, groups[1]);

  options.limit = 3;  // removes none: sorted by labels
  all = MakeHeatmap(points.all(), groups, options);
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].labels, groups[0]);
}

TEST(Heatmap, AddsUpThePartsOfOneProfile) {
  Points points;
  points.Add(100, 30).Add(100, 40).Add(101, 50).Add(100, 10);
  std::vector<HeatmapPoint> all = points.all();
  all[1].profile_id = all[0].profile_id;
  all[2].profile_id =
      all[0].profile_id;  // a different value, as the time differs
  EXPECT_THAT(Slots(Make(all, Window())[0]),
              ElementsAre("100 0:1 19:1", "120 13:1"));
}

}  // namespace
}  // namespace pmcp::profile
