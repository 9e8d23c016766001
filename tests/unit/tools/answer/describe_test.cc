#include "tools/answer/describe.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/fake_clock.h"
#include "tests/support/fake_source.h"

namespace pmcp::tools {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using test::At;

TEST(FormatLength, TakesTheTwoLargestUnits) {
  EXPECT_EQ(FormatLength(milliseconds(0)), "0 s");
  EXPECT_EQ(FormatLength(milliseconds(250)), "250 ms");
  EXPECT_EQ(FormatLength(seconds(45)), "45 s");
  EXPECT_EQ(FormatLength(seconds(45) + milliseconds(2)), "45 s 2 ms");
  EXPECT_EQ(FormatLength(hours(2) + minutes(30)), "2 h 30 min");
  EXPECT_EQ(FormatLength(hours(2) + seconds(1)), "2 h");
  EXPECT_EQ(FormatLength(days(3) + hours(4) + minutes(5)), "3 d 4 h");
}

AskedProfiles Asked(std::string_view type, seconds length) {
  static const test::FakeSource source;
  AskedProfiles asked;
  asked.name = "local";
  asked.source = &source;
  asked.range = {At("2026-07-28T10:00:00Z"),
                 At("2026-07-28T10:00:00Z") + length};
  asked.query = *source::MakeProfileQuery(type, "{pod=\"a\"}", asked.range);
  return asked;
}

constexpr std::string_view kCpu = "process_cpu:cpu:nanoseconds:cpu:nanoseconds";

TEST(DescribeTotal, AddsTheRateWhereItMeansSomething) {
  EXPECT_EQ(DescribeTotal(90e9, Asked(kCpu, seconds(60))),
            "90.0 s (1.50 cores over the window)");
  EXPECT_EQ(DescribeTotal(90e9, Asked(kCpu, seconds(0))), "90.0 s");
  EXPECT_EQ(DescribeTotal(0, Asked(kCpu, seconds(60))), "0 s");
  EXPECT_EQ(DescribeTotal(3 << 20, Asked("memory:inuse_space:bytes:space:bytes",
                                         seconds(60))),
            "3.00 MiB, summed over all profiles in the window");
}

TEST(Describe, StatesWhatWasAsked) {
  Document doc;
  Describe(Asked(kCpu, seconds(60)), doc);
  EXPECT_EQ(doc.ToText(),
            "source: local\n"
            "selector: {pod=\"a\"}\n"
            "profile type: process_cpu:cpu:nanoseconds:cpu:nanoseconds\n"
            "window: 2026-07-28T10:00:00Z to 2026-07-28T10:01:00Z (1 min)\n");
}

TEST(Describe, SaysNothingOfATypeThatWasNotFound) {
  AskedProfiles asked = Asked(kCpu, seconds(60));
  asked.query.type = {.sample_type = "cpu"};
  Document doc;
  Describe(asked, doc);
  EXPECT_EQ(doc.ToText(),
            "source: local\n"
            "selector: {pod=\"a\"}\n"
            "window: 2026-07-28T10:00:00Z to 2026-07-28T10:01:00Z (1 min)\n");
  EXPECT_EQ(nlohmann::json(asked)["profileType"], "");
}

TEST(DescribeRest, HasASingular) {
  EXPECT_EQ(DescribeRest(1, "function", "functions", "5 ms"),
            "1 more function holds 5 ms; raise limit to see it.");
  EXPECT_EQ(DescribeRest(2, "series", "series", "5 ms"),
            "2 more series hold 5 ms; raise limit to see them.");
}

TEST(Describe, StatesTheSameAsJson) {
  const nlohmann::json json = Asked(kCpu, seconds(60));
  EXPECT_EQ(json["source"], "local");
  EXPECT_EQ(json["selector"], "{pod=\"a\"}");
  EXPECT_EQ(json["profileType"], kCpu);
  EXPECT_EQ(json["from"], "2026-07-28T10:00:00Z");
  EXPECT_EQ(json["to"], "2026-07-28T10:01:00Z");
}

}  // namespace
}  // namespace pmcp::tools
