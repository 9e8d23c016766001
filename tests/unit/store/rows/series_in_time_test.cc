#include "store/rows/series_in_time.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "tests/support/fake_clock.h"
#include "tests/support/store_index.h"

namespace pmcp::store {
namespace {

using std::chrono::nanoseconds;
using std::chrono::seconds;

const TimePointMs kTen = test::At("2026-07-28T10:00:00Z");

/// Labels, then "seconds after ten=value" for each point.
std::string Selected(const ProfileStore& store,
                     std::vector<std::string> group_by, seconds from,
                     seconds to, double step) {
  const auto query =
      source::MakeSeriesQuery(test::CpuQuery("{}", {kTen + from, kTen + to}),
                              std::move(group_by), step);
  std::string text;
  for (const auto& series : SelectSeries(store, *query)) {
    text += ToString(series.labels);
    for (const auto& point : series.points) {
      const std::chrono::duration<double> at = point.timestamp - kTen;
      text += fmt::format(" {}={}", at.count(), point.value);
    }
    text += "\n";
  }
  return text;
}

TEST(SelectSeries, BucketsHaveRightEdgesAndOneLiesBeforeTheWindow) {
  const ProfileStore store =
      test::StoreOf({{"a/1.pb", kTen - seconds(11), 1},
                     {"a/2.pb", kTen - seconds(10), 2},
                     {"a/3.pb", kTen, 4},
                     {"a/4.pb", kTen + nanoseconds(1), 8},
                     {"a/5.pb", kTen + nanoseconds(1'000'001), 16},
                     {"a/6.pb", kTen + seconds(10), 32},
                     {"a/7.pb", kTen + seconds(24), 64}});
  // 1 ns after the edge is the same millisecond; 24 s is in the tail.
  EXPECT_EQ(Selected(store, {}, seconds(0), seconds(25), 10),
            "{} 0=14 10=48\n");
  EXPECT_EQ(Selected(store, {}, seconds(0), seconds(30), 10),
            "{} 0=14 10=48 30=64\n");
}

TEST(SelectSeries, SortsBySumThenByLabels) {
  const ProfileStore store = test::StoreOf({{"c/1.pb", kTen + seconds(1), 5},
                                            {"a/1.pb", kTen + seconds(1), 5},
                                            {"b/1.pb", kTen + seconds(1), 4},
                                            {"b/2.pb", kTen + seconds(2), 4}});
  EXPECT_EQ(Selected(store, {"service_name"}, seconds(0), seconds(10), 10),
            "{service_name=\"b\"} 10=8\n"
            "{service_name=\"a\"} 10=5\n"
            "{service_name=\"c\"} 10=5\n");
}

TEST(SelectSeries, GroupsInTheOrderAskedAndLeavesMissingLabelsOut) {
  const ProfileStore store = test::StoreOf(
      {{"s/1.pb", kTen + seconds(1), 4, {{"pod", "p"}, {"zone", "z"}}},
       {"s/2.pb", kTen + seconds(1), 2, {{"zone", "z"}}},
       {"s/3.pb", kTen + seconds(1), 1}});
  EXPECT_EQ(Selected(store, {"zone", "pod"}, seconds(0), seconds(10), 10),
            "{zone=\"z\", pod=\"p\"} 10=4\n"
            "{zone=\"z\"} 10=2\n"
            "{} 10=1\n");
}

TEST(SelectSeries, GroupsByFile) {
  const ProfileStore store = test::StoreOf(
      {{"s/1.pb", kTen + seconds(1), 4}, {"s/2.pb", kTen + seconds(1), 2}});
  EXPECT_EQ(Selected(store, {"__file__"}, seconds(0), seconds(10), 10),
            "{__file__=\"s/1.pb\"} 10=4\n"
            "{__file__=\"s/2.pb\"} 10=2\n");
}

TEST(SelectSeries, OfNothingAreNone) {
  EXPECT_EQ(Selected(ProfileStore({}), {}, seconds(0), seconds(10), 10), "");
}

/// One line per point: seconds after ten, and its exemplar.
std::string Exemplars(const ProfileStore& store,
                      std::vector<std::string> group_by) {
  const auto query = source::MakeSeriesQuery(
      test::CpuQuery("{}", {kTen, kTen + seconds(20)}), std::move(group_by), 10,
      source::ExemplarKind::kIndividual);
  std::string text;
  for (const auto& series : SelectSeries(store, *query)) {
    for (const auto& point : series.points) {
      const std::chrono::duration<double> at = point.timestamp - kTen;
      text += fmt::format("{} {}:", ToString(series.labels), at.count());
      for (const auto& exemplar : point.exemplars) {
        const std::chrono::duration<double> of = exemplar.timestamp - kTen;
        std::vector<profile::Label> labels = exemplar.labels;
        std::erase_if(labels, [](const auto& label) {
          return profile::IsPrivateLabel(label.name);
        });
        text += fmt::format(" {} at {} {}", exemplar.value, of.count(),
                            profile::ToString(labels));
      }
      text += "\n";
    }
  }
  return text;
}

TEST(SelectSeriesExemplars, AreTheLargestProfileOfEachBucket) {
  const ProfileStore store = test::StoreOf({{"a/1.pb", kTen + seconds(1), 3},
                                            {"b/1.pb", kTen + seconds(5), 7},
                                            {"a/2.pb", kTen + seconds(9), 7},
                                            {"a/3.pb", kTen + seconds(10), 6},
                                            {"a/4.pb", kTen + seconds(11), 1}});
  EXPECT_EQ(Exemplars(store, {}),
            "{} 10: 7 at 5 {service_name=\"b\"}\n"
            "{} 20: 1 at 11 {service_name=\"a\"}\n");
  EXPECT_EQ(Exemplars(store, {"service_name"}),
            "{service_name=\"a\"} 10: 7 at 9 {}\n"
            "{service_name=\"a\"} 20: 1 at 11 {}\n"
            "{service_name=\"b\"} 10: 7 at 5 {}\n");
}

// Two files with equal labels and times are two profiles.
TEST(SelectSeriesExemplars, DoNotMixFilesOfTheSameTimeAndLabels) {
  const ProfileStore store = test::StoreOf(
      {{"a/1.pb", kTen + seconds(1), 3}, {"a/2.pb", kTen + seconds(1), 4}});
  EXPECT_EQ(Exemplars(store, {}), "{} 10: 4 at 1 {service_name=\"a\"}\n");
}

TEST(SelectSeries, HasNoExemplarsUnlessAsked) {
  const ProfileStore store = test::StoreOf({{"a/1.pb", kTen + seconds(1), 3}});
  const auto query = source::MakeSeriesQuery(
      test::CpuQuery("{}", {kTen, kTen + seconds(20)}), {}, 10);
  const auto all = SelectSeries(store, *query);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_TRUE(all[0].points.at(0).exemplars.empty());
}

TEST(SelectSeries, LimitKeepsTheLargest) {
  const ProfileStore store = test::StoreOf({{"a/1.pb", kTen + seconds(1), 3},
                                            {"b/1.pb", kTen + seconds(1), 5},
                                            {"c/1.pb", kTen + seconds(1), 4}});
  const auto query = source::MakeSeriesQuery(
      test::CpuQuery("{}", {kTen, kTen + seconds(20)}), {"service_name"}, 10,
      source::ExemplarKind::kNone, 2);
  const auto all = SelectSeries(store, *query);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].labels[0].value, "b");
  EXPECT_EQ(all[1].labels[0].value, "c");
}

}  // namespace
}  // namespace pmcp::store
