#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "profile/time/heatmap.h"

namespace pmcp::profile {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr TimePointMs kStart{milliseconds(1000)};
constexpr std::string_view kTrace1(
    "\x01\x02\x03\x04\x05\x06\x07\x08"
    "\x09\x0a\x0b\x0c\x0d\x0e\x0f\xf0");
constexpr std::string_view kTrace2(
    "\x02\x02\x03\x04\x05\x06\x07\x08"
    "\x09\x0a\x0b\x0c\x0d\x0e\x0f\xf0");

const Labels kPodA({{"__name__", "process_cpu"}, {"pod", "a"}, {"zone", "z"}});
const Labels kPodB({{"__name__", "process_cpu"}, {"pod", "b"}, {"zone", "z"}});

HeatmapPoint Of(std::string_view profile_id, std::int64_t value,
                const Labels& series = kPodA) {
  return {.timestamp = kStart,
          .profile_id = profile_id,
          .value = value,
          .series = &series};
}

HeatmapPoint OfSpan(std::uint64_t span_id, std::string_view trace_id,
                    std::int64_t value, const Labels& series = kPodA) {
  return {.timestamp = kStart,
          .span_id = span_id,
          .trace_id = trace_id,
          .value = value,
          .series = &series};
}

// The exemplars of the first slot of the only series.
std::vector<Exemplar> Exemplars(const std::vector<HeatmapPoint>& points,
                                const std::vector<Label>& group = {}) {
  const std::vector<std::vector<Label>> groups = {group};
  const auto all = MakeHeatmap(points, groups,
                               {.range = {kStart, kStart + milliseconds(60)},
                                .step = milliseconds(20),
                                .exemplars = true});
  EXPECT_EQ(all.size(), 1u);
  EXPECT_FALSE(all[0].slots.empty());
  return all[0].slots[0].exemplars;
}

std::vector<std::string> Ids(const std::vector<Exemplar>& exemplars) {
  std::vector<std::string> ids;
  for (const Exemplar& exemplar : exemplars) {
    ids.push_back(exemplar.profile_id + exemplar.span_id);
  }
  return ids;
}

TEST(HeatmapExemplars, AreAbsentWhenNobodyAsks) {
  const std::vector<std::vector<Label>> groups(1);
  const auto all =
      MakeHeatmap({Of("p", 1)}, groups,
                  {.range = {kStart, kStart}, .step = milliseconds(20)});
  EXPECT_THAT(all[0].slots[0].exemplars, IsEmpty());
}

TEST(HeatmapExemplars, AreTheLargestOfEachCellLargestFirst) {
  EXPECT_THAT(Ids(Exemplars({Of("low", 1), Of("low2", 2), Of("mid", 100),
                             Of("top", 200), Of("top2", 195)})),
              ElementsAre("top", "mid", "low2"));
}

TEST(HeatmapExemplars, AreThoseOfTheirSlot) {
  std::vector<HeatmapPoint> points = {Of("a", 5), Of("b", 5)};
  points[1].timestamp += milliseconds(1);
  const std::vector<std::vector<Label>> groups(1);
  const auto all = MakeHeatmap(points, groups,
                               {.range = {kStart, kStart + milliseconds(60)},
                                .step = milliseconds(20),
                                .exemplars = true});
  ASSERT_EQ(all[0].slots.size(), 2u);
  EXPECT_THAT(Ids(all[0].slots[0].exemplars), ElementsAre("a"));
  EXPECT_THAT(Ids(all[0].slots[1].exemplars), ElementsAre("b"));
}

TEST(HeatmapExemplars, OfEqualValuesAreTheEarliest) {
  std::vector<HeatmapPoint> points = {Of("a", 5), Of("b", 5)};
  points[1].timestamp -= milliseconds(1);
  EXPECT_THAT(Ids(Exemplars(points)), ElementsAre("b"));
}

TEST(HeatmapExemplars, OfEqualValuesAndTimesAreTheSmallestIds) {
  EXPECT_THAT(Ids(Exemplars({Of("b", 5), Of("a", 5), Of("c", 5)})),
              ElementsAre("a"));
  // Points are compared by span before trace.
  const auto spans = Exemplars(
      {OfSpan(3, kTrace1, 5), OfSpan(2, kTrace2, 5), OfSpan(2, kTrace1, 5)});
  ASSERT_EQ(spans.size(), 1u);
  EXPECT_EQ(spans[0].span_id, "0000000000000002");
  EXPECT_EQ(spans[0].trace_id, "0102030405060708090a0b0c0d0e0ff0");
}

TEST(HeatmapExemplars, OfAProfileHaveItsIdTimeValueAndLabels) {
  EXPECT_THAT(Exemplars({Of("p", 5)}),
              ElementsAre(Exemplar{.timestamp = kStart,
                                   .profile_id = "p",
                                   .value = 5,
                                   .labels = {{"__name__", "process_cpu"},
                                              {"pod", "a"},
                                              {"zone", "z"}}}));
}

TEST(HeatmapExemplars, OfASpanHaveItsIdsAsHexDigits) {
  const auto exemplars = Exemplars({OfSpan(0xa1, kTrace1, 5)});
  ASSERT_EQ(exemplars.size(), 1u);
  EXPECT_EQ(exemplars[0].profile_id, "");
  EXPECT_EQ(exemplars[0].span_id, "00000000000000a1");
  EXPECT_EQ(exemplars[0].trace_id, "0102030405060708090a0b0c0d0e0ff0");
}

TEST(HeatmapExemplars, OfASpanWithoutATraceHaveNone) {
  EXPECT_EQ(Exemplars({OfSpan(0xa1, "", 5)}).front().trace_id, "");
}

TEST(HeatmapExemplars, HaveTheSumOfTheirParts) {
  const auto exemplars =
      Exemplars({OfSpan(1, kTrace1, 5), OfSpan(2, kTrace1, 9),
                 OfSpan(1, kTrace1, 6), OfSpan(1, kTrace2, 1)});
  ASSERT_EQ(exemplars.size(), 3u);
  EXPECT_EQ(exemplars[0].span_id, "0000000000000001");
  EXPECT_EQ(exemplars[0].value, 11);
}

TEST(HeatmapExemplars, HaveTheLabelsThatTheirPartsShare) {
  const auto exemplars = Exemplars({Of("p", 5, kPodA), Of("p", 6, kPodB)});
  ASSERT_EQ(exemplars.size(), 1u);
  EXPECT_THAT(exemplars[0].labels, ElementsAre(Label{"__name__", "process_cpu"},
                                               Label{"zone", "z"}));
}

TEST(HeatmapExemplars, DoNotHaveTheLabelsThatAreGroupedBy) {
  EXPECT_THAT(
      Exemplars({Of("p", 5)}, {{"pod", "a"}}).front().labels,
      ElementsAre(Label{"__name__", "process_cpu"}, Label{"zone", "z"}));
}

}  // namespace
}  // namespace pmcp::profile
