#include "store/rows/label_questions.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/support/fake_clock.h"
#include "tests/support/store_index.h"

namespace pmcp::store {
namespace {

using test::Always;
using test::LabelsWhere;
using Names = std::vector<std::string>;

const TimePointMs kTen = test::At("2026-07-28T10:00:00Z");
const TimePointMs kNoon = test::At("2026-07-28T12:00:00Z");

ProfileStore Shop() {
  return test::StoreOf({{"shop/a.pb", kTen, 1, {{"pod", "p0"}}},
                        {"shop/b.pb", kNoon, 2, {{"pod", "p1"}}},
                        {"shop/c.pb", kNoon, 4},
                        {"cart/a.pb", kTen, 8, {{"zone", "z"}}}});
}

Names SetsOf(const std::vector<profile::Labels>& sets) {
  Names texts;
  for (const auto& set : sets) texts.push_back(ToString(set.all()));
  return texts;
}

TEST(ProfileTypes, AreThoseOfTheWindow) {
  const ProfileStore store = Shop();
  const auto types = ProfileTypes(store, LabelsWhere("{}", Always()));
  ASSERT_EQ(types.size(), 1u);
  EXPECT_EQ(types[0].Id(), "process_cpu:cpu:nanoseconds:cpu:nanoseconds");
  const TimeRange before{kTen - std::chrono::hours(1),
                         kTen - std::chrono::milliseconds(1)};
  EXPECT_TRUE(ProfileTypes(store, LabelsWhere("{}", before)).empty());
}

TEST(LabelNames, AreThoseOfMatchingSeriesWithoutTheFile) {
  EXPECT_EQ(
      LabelNames(Shop(), LabelsWhere(R"({service_name="shop"})", Always())),
      (Names{"__name__", "__period_type__", "__period_unit__",
             "__profile_type__", "__service_name__", "__type__", "__unit__",
             "pod", "service_name"}));
  // The pod p0 has no profile in this window.
  EXPECT_EQ(LabelNames(Shop(), LabelsWhere(R"({pod="p0"})", {kNoon, kNoon})),
            Names{});
}

TEST(LabelValues, AreSortedAndInTheWindow) {
  const ProfileStore store = Shop();
  EXPECT_EQ(LabelValues(store, "pod", LabelsWhere("{}", Always())),
            (Names{"p0", "p1"}));
  EXPECT_EQ(LabelValues(store, "pod", LabelsWhere("{}", {kNoon, kNoon})),
            (Names{"p1"}));
  EXPECT_EQ(LabelValues(store, "nope", LabelsWhere("{}", Always())), Names{});
  EXPECT_EQ(LabelValues(store, "service_name", LabelsWhere("{}", Always())),
            (Names{"cart", "shop"}));
}

TEST(LabelValues, OfTheFileCanBeAskedFor) {
  EXPECT_EQ(LabelValues(Shop(), "__file__",
                        LabelsWhere(R"({service_name="shop"})", Always())),
            (Names{"shop/a.pb", "shop/b.pb", "shop/c.pb"}));
}

TEST(SeriesLabels, AreProjectedAndDistinct) {
  EXPECT_EQ(SetsOf(SeriesLabels(Shop(), LabelsWhere("{}", Always()),
                                {"service_name"})),
            (Names{R"({service_name="cart"})", R"({service_name="shop"})"}));
}

TEST(SeriesLabels, OfAServiceWithoutTheNamesAreLeftOut) {
  // One series of the shop has no pod, and no series of the cart has a pod.
  EXPECT_EQ(SetsOf(SeriesLabels(Shop(), LabelsWhere("{}", Always()), {"pod"})),
            (Names{"{}", R"({pod="p0"})", R"({pod="p1"})"}));
  EXPECT_EQ(
      SetsOf(SeriesLabels(
          Shop(), LabelsWhere(R"({service_name="cart"})", Always()), {"pod"})),
      Names{});
  // It does not matter that the selector excludes the series with a pod.
  EXPECT_EQ(
      SetsOf(SeriesLabels(
          Shop(), LabelsWhere(R"({pod="",service_name="shop"})", Always()),
          {"pod"})),
      Names{"{}"});
}

TEST(SeriesLabels, WithoutNamesAreWhole) {
  const auto sets = SeriesLabels(
      Shop(), LabelsWhere(R"({service_name="cart"})", Always()), {});
  ASSERT_EQ(sets.size(), 1u);
  EXPECT_EQ(sets[0].size(), 9u);
  EXPECT_FALSE(sets[0].Has("__file__"));
}

}  // namespace
}  // namespace pmcp::store
