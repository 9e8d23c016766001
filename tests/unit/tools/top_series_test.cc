#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/tool_caller.h"

namespace pmcp::tools {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using test::At;
using testing::HasSubstr;

const TimePointMs kStart = At("2026-07-28T10:00:00Z");
const TimePointMs kEnd = At("2026-07-28T11:00:00Z");

profile::Series Pod(const std::string& pod,
                    std::vector<profile::Point> points) {
  return {.labels = {{"pod", pod}}, .points = std::move(points)};
}

class TopSeriesTest : public testing::Test {
 protected:
  test::ToolCaller caller_;
};

TEST_F(TopSeriesTest, AsksForOneBucketThatHoldsTheVeryStart) {
  caller_.Json("top_series", {{"group_by", {"pod"}}});
  ASSERT_EQ(caller_.source().series_queries.size(), 1u);
  const auto& query = caller_.source().series_queries[0];
  EXPECT_EQ(query.profiles.range.from, kStart - milliseconds(1));
  EXPECT_EQ(query.profiles.range.to, kEnd);
  EXPECT_EQ(query.step, hours(1) + milliseconds(1));
}

TEST_F(TopSeriesTest, DropsTheBucketBeforeTheWindowBeforeItCuts) {
  const TimePointMs before = kStart - milliseconds(1);
  caller_.source().series_in_time = {
      Pod("old", {{before, 900}, {kEnd, 1}}),
      Pod("gone", {{before, 800}}),
      Pod("new", {{kEnd, 30}}),
  };
  const auto json =
      caller_.Json("top_series", {{"group_by", {"pod"}}, {"limit", 1}});
  ASSERT_EQ(json["series"].size(), 1u);
  EXPECT_EQ(json["series"][0]["labels"]["pod"], "new");
  EXPECT_EQ(json["total"], 31);
  EXPECT_EQ(json["omittedTotal"], 1);
  EXPECT_EQ(json["seriesCount"], 2);
}

TEST_F(TopSeriesTest, TiesGoByLabel) {
  caller_.source().series_in_time = {Pod("b", {{kEnd, 5}}),
                                     Pod("a", {{kEnd, 5}})};
  const auto json = caller_.Json("top_series", {{"group_by", {"pod"}}});
  EXPECT_EQ(json["series"][0]["labels"]["pod"], "a");
  EXPECT_EQ(json["series"][1]["rank"], 2);
}

TEST_F(TopSeriesTest, ShowsNoticesAndSafeLabels) {
  caller_.source().notices = {{"a file was left out"}};
  caller_.source().series_in_time = {Pod("\x1b[31m", {{kEnd, 5e9}})};
  const auto table = caller_.Call("top_series", {{"group_by", {"pod"}}});
  EXPECT_THAT(table.text, HasSubstr("Note: a file was left out"));
  EXPECT_EQ(table.text.find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace pmcp::tools
