#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "profile/pprof/pprof_encode.h"
#include "profile/words/profile_type.h"
#include "store/directory_source.h"
#include "tests/support/fake_clock.h"
#include "tests/support/profile_builder.h"
#include "tests/support/temp_folder.h"
#include "tests/support/tool_caller.h"
#include "tests/support/tools_over.h"
#include "tools/answer/series_labels.h"

namespace pmcp::tools {
namespace {

using nlohmann::json;
using profile::Exemplar;
using profile::Label;
using std::chrono::minutes;
using std::chrono::seconds;
using test::At;
using testing::ElementsAre;
using testing::HasSubstr;

const TimePointMs kStart = At("2026-07-28T10:00:00Z");

Exemplar Profile(const std::string& id, TimePointMs time, std::int64_t value,
                 std::vector<Label> labels = {}) {
  return {.timestamp = time,
          .profile_id = id,
          .value = value,
          .labels = std::move(labels)};
}

std::vector<std::string> Ids(const json& answer, const char* key) {
  std::vector<std::string> ids;
  for (const json& exemplar : answer["exemplars"]) ids.push_back(exemplar[key]);
  return ids;
}

class Exemplars : public testing::Test {
 protected:
  /// A series with one point that has the given exemplars.
  void Found(std::vector<Exemplar> exemplars, std::vector<Label> labels = {}) {
    caller_.source().series_in_time.push_back(
        {.labels = std::move(labels),
         .points = {{kStart + minutes(1), 1, std::move(exemplars)}}});
  }

  test::ToolCaller caller_;
};

TEST_F(Exemplars, AsksForOneProfileASecondInTheWindow) {
  caller_.Json("profile_exemplars", {{"from", "2026-07-28T10:00:00Z"},
                                     {"to", "2026-07-28T10:30:00Z"}});
  const auto& query = caller_.source().series_queries.at(0);
  EXPECT_TRUE(query.exemplars);
  EXPECT_EQ(query.step, seconds(1));
  EXPECT_EQ(query.limit, 0u);
  EXPECT_EQ(query.profiles.range.from, kStart);
  EXPECT_EQ(query.profiles.range.to, kStart + minutes(30));
}

/// Pods that start together upload in the same second.
TEST_F(Exemplars, ProfilesOfOneSecondAreAllFound) {
  const test::FakeClock clock(At("2026-07-28T12:00:00Z"));
  const test::TempFolder folder;
  for (int pod = 0; pod < 30; ++pod) {
    profile::Profile profile =
        test::ProfileBuilder().Sample("main", 1000 + pod).Build();
    const auto time =
        kStart + seconds(pod / 10) + std::chrono::milliseconds(pod % 10 * 7);
    profile.time_nanos = ToNanos(time.time_since_epoch());
    folder.Write(fmt::format("cart/{}.pb", pod), profile::EncodePprof(profile));
  }
  const test::ToolsOver tools(
      std::make_unique<store::DirectorySource>(
          store::DirectoryOptions{.folder = folder.path().string(),
                                  .rules = store::IngestRules::kAsPushed},
          clock),
      clock);
  const auto answer =
      tools.Call("profile_exemplars", {{"from", "2026-07-28T09:59:00Z"},
                                       {"to", "2026-07-28T10:01:00Z"},
                                       {"limit", 12},
                                       {"format", "json"}});
  ASSERT_FALSE(answer.error) << answer.text;
  std::vector<std::int64_t> values;
  const json parsed = json::parse(answer.text);
  for (const json& exemplar : parsed["exemplars"]) {
    values.push_back(exemplar["value"]);
  }
  EXPECT_THAT(values, ElementsAre(1029, 1028, 1027, 1026, 1025, 1024, 1023,
                                  1022, 1021, 1020, 1019, 1018))
      << answer.text;
}

TEST_F(Exemplars, StepsAreLongerInLongWindows) {
  caller_.Json("profile_exemplars", {{"from", "now-7d"}, {"to", "now"}});
  const auto& query = caller_.source().series_queries.at(0);
  EXPECT_EQ(query.step, seconds(61));
}

TEST_F(Exemplars, RanksAllSeriesTogetherAndCutsAfterwards) {
  Found({Profile("a", kStart, 5), Profile("b", kStart + seconds(3), 9)});
  Found({Profile("c", kStart + seconds(2), 7)});
  const auto answer = caller_.Json("profile_exemplars", {{"limit", 2}});
  EXPECT_THAT(Ids(answer, "profileId"), ElementsAre("b", "c"));
  EXPECT_EQ(answer["exemplarCount"], 3);
}

TEST_F(Exemplars, TiesGoByTimeThenById) {
  Found({Profile("z", kStart, 5), Profile("b", kStart + seconds(1), 5),
         Profile("a", kStart + seconds(1), 5)});
  EXPECT_THAT(
      Ids(caller_.Json("profile_exemplars", json::object()), "profileId"),
      ElementsAre("z", "a", "b"));
}

// The step that contains the start of the window may begin before it.
TEST_F(Exemplars, LeavesOutWhatLiesOutsideOfTheWindow) {
  Found({Profile("before", kStart - seconds(1), 9),
         Profile("at start", kStart, 5)});
  EXPECT_THAT(
      Ids(caller_.Json("profile_exemplars", {{"from", "2026-07-28T10:00:00Z"},
                                             {"to", "2026-07-28T11:00:00Z"}}),
          "profileId"),
      ElementsAre("at start"));
}

TEST_F(Exemplars, HaveTheLabelsOfTheirSeriesButNoPrivateOnes) {
  Found({Profile("a", kStart, 5, {{"zone", "z"}, {"__type__", "cpu"}})},
        {{"pod", "p"}});
  const auto answer =
      caller_.Json("profile_exemplars", {{"group_by", {"pod"}}});
  const json expected = {{"pod", "p"}, {"zone", "z"}};
  EXPECT_EQ(answer["exemplars"][0]["labels"], expected);
}

TEST_F(Exemplars, ShowThePrivateLabelThatWasAskedFor) {
  Found({Profile("a", kStart, 5)}, {{"__file__", "shop/1.pb.gz"}});
  const auto answer =
      caller_.Json("profile_exemplars", {{"group_by", {"__file__"}}});
  EXPECT_EQ(answer["exemplars"][0]["labels"]["__file__"], "shop/1.pb.gz");
}

TEST_F(Exemplars, ShowsNoMoreLabelColumnsThanAsked) {
  Found({Profile("a", kStart, 5, {{"pod", "p1"}, {"zone", "z"}}),
         Profile("b", kStart, 4, {{"pod", "p2"}, {"zone", "z"}})});
  EXPECT_THAT(
      caller_.Call("profile_exemplars", {{"max_label_columns", 1}}).text,
      testing::AllOf(HasSubstr("VALUE  POD\n"),
                     testing::Not(HasSubstr("ZONE"))));
}

// Without arguments, query_flamegraph uses CPU time and the default window.
TEST_F(Exemplars, LeadToACallThatFindsTheSameProfile) {
  Found({Profile("a", kStart + minutes(1), 5)});
  EXPECT_THAT(caller_.Call("profile_exemplars", json::object()).text,
              HasSubstr("query_flamegraph with profile_ids=[\"a\"] shows"));
  caller_.source().types = {
      *profile::ProfileType::Parse("memory:inuse_space:bytes:space:bytes")};
  EXPECT_THAT(
      caller_
          .Call("profile_exemplars", {{"profile_type", "inuse_space"},
                                      {"from", "2026-07-28T10:00:00Z"},
                                      {"to", "2026-07-28T10:30:00Z"}})
          .text,
      HasSubstr("query_flamegraph with "
                "profile_type=\"memory:inuse_space:bytes:space:bytes\", "
                "from=\"2026-07-28T10:00:00Z\", to=\"2026-07-28T10:30:00Z\", "
                "profile_ids=[\"a\"] shows"));
}

TEST(ExemplarsOfOneSourceOfTwo, LeadToACallOfThatSource) {
  test::ToolCaller caller({"other"});
  caller.source().series_in_time = {
      {.labels = {}, .points = {{kStart, 1, {Profile("a", kStart, 5)}}}}};
  EXPECT_THAT(caller.Call("profile_exemplars", {{"source", "fake"}}).text,
              HasSubstr("query_flamegraph with source=\"fake\", "
                        "profile_ids=[\"a\"] shows"));
}

TEST_F(Exemplars, SayThatNoSeriesHasALabelThatWasAskedFor) {
  Found({Profile("a", kStart, 5)}, {{"pod", "p"}});
  const auto text = [&](const char* label) {
    return caller_.Call("profile_exemplars", {{"group_by", {label}}}).text;
  };
  EXPECT_THAT(text("nope"), HasSubstr("No series shown has a label \"nope\""));
  EXPECT_THAT(text("pod"), testing::Not(HasSubstr("No series shown")));
}

TEST_F(Exemplars, OfSpansComeFromAHeatmapOfSpans) {
  profile::HeatmapSlot slot{.timestamp = kStart + minutes(1)};
  slot.exemplars = {{.timestamp = kStart,
                     .profile_id = "",
                     .span_id = "00f067aa0ba902b7",
                     .trace_id = "4bf92f3577b34da6a3ce929d0e0e4736",
                     .value = 7}};
  caller_.source().heatmap = {{.labels = {}, .slots = {slot}}};
  const auto answer = caller_.Json("span_exemplars", json::object());
  EXPECT_EQ(answer["exemplars"][0]["spanId"], "00f067aa0ba902b7");
  EXPECT_EQ(answer["exemplars"][0]["traceId"],
            "4bf92f3577b34da6a3ce929d0e0e4736");
  EXPECT_FALSE(answer["exemplars"][0].contains("profileId"));
  const auto& query = caller_.source().heatmap_queries.at(0);
  EXPECT_EQ(query.kind, source::HeatmapKind::kSpan);
  EXPECT_TRUE(query.exemplars);
}

TEST_F(Exemplars, SayThatProfilesWithoutSpansHaveNone) {
  Found({});
  EXPECT_THAT(caller_.Call("span_exemplars", json::object()).text,
              HasSubstr("none of their samples belongs to a span"));
}

TEST(TopCardinalityLabels, MostDifferentValuesFirstThenByName) {
  const std::vector<Label> a = {{"pod", "1"}, {"zone", "z"}, {"app", "x"}};
  const std::vector<Label> b = {{"pod", "2"}, {"zone", "z"}, {"env", "e"}};
  const std::vector<std::span<const Label>> sets = {a, b};
  EXPECT_THAT(TopCardinalityLabels(sets, 9),
              ElementsAre("pod", "app", "env", "zone"));
  EXPECT_THAT(TopCardinalityLabels(sets, 2), ElementsAre("pod", "app"));
  EXPECT_THAT(TopCardinalityLabels(sets, 0), ElementsAre());
}

}  // namespace
}  // namespace pmcp::tools
