#include "store/rows/profile_store.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/fake_clock.h"
#include "tests/support/store_index.h"

namespace pmcp::store {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using test::StoreOf;

const TimePointMs kTen = test::At("2026-07-28T10:00:00Z");

/// The totals of the selected rows.
std::vector<std::int64_t> Totals(const std::vector<const StoredRow*>& rows) {
  std::vector<std::int64_t> totals;
  for (const StoredRow* row : rows) totals.push_back(row->total);
  return totals;
}

std::vector<std::int64_t> Selected(const ProfileStore& store,
                                   const std::string& selector,
                                   TimeRange range) {
  return Totals(store.Select(test::CpuQuery(selector, range)));
}

using Values = std::vector<std::int64_t>;

TEST(ProfileStore, CountsBothEndsOfAWindowToTheNanosecond) {
  const ProfileStore store =
      StoreOf({{"a.pb", kTen - nanoseconds(1), 1},
               {"b.pb", kTen, 2},
               {"c.pb", kTen + nanoseconds(1), 4},
               {"d.pb", kTen + nanoseconds(999'999), 8},
               {"e.pb", kTen + milliseconds(1), 16},
               {"f.pb", kTen + nanoseconds(1'000'001), 32}});
  const auto window = [&](int from_ms, int to_ms) {
    return Selected(store, "{}",
                    {kTen + milliseconds(from_ms), kTen + milliseconds(to_ms)});
  };
  EXPECT_EQ(window(0, 0), (Values{2}));
  EXPECT_EQ(window(-1, 0), (Values{1, 2}));
  EXPECT_EQ(window(0, 1), (Values{2, 4, 8, 16}));
  EXPECT_EQ(window(1, 1), (Values{16}));
  EXPECT_EQ(window(-1, 2), (Values{1, 2, 4, 8, 16, 32}));
  EXPECT_EQ(window(2, 3), (Values{}));
  EXPECT_EQ(window(-9, -2), (Values{}));
}

TEST(ProfileStore, NoWindowIsTooLong) {
  const ProfileStore store = StoreOf({{"a.pb", kTen, 1}});
  EXPECT_EQ(Selected(store, "{}", {TimePointMs::min(), TimePointMs::max()}),
            (Values{1}));
}

TEST(ProfileStore, OrdersRowsByTimeThenByFile) {
  const ProfileStore store = StoreOf({{"b.pb", kTen + milliseconds(1), 1},
                                      {"c.pb", kTen, 2},
                                      {"a.pb", kTen, 3}});
  EXPECT_EQ(Selected(store, "{}", test::Always()), (Values{2, 3, 1}));
}

TEST(ProfileStore, SelectsByLabelsAndByFile) {
  const ProfileStore store = StoreOf(
      {{"shop/a.pb", kTen, 1}, {"shop/b.pb", kTen, 2}, {"cart/a.pb", kTen, 4}});
  const auto selected = [&](const std::string& selector) {
    return Selected(store, selector, test::Always());
  };
  EXPECT_EQ(selected(R"({service_name="shop"})"), (Values{1, 2}));
  EXPECT_EQ(selected(R"({service_name!="shop"})"), (Values{4}));
  EXPECT_EQ(selected(R"({__file__="shop/b.pb"})"), (Values{2}));
  EXPECT_EQ(selected(R"({__file__=~".*/a.pb",service_name="shop"})"),
            (Values{1}));
  EXPECT_EQ(selected(R"({__file__!~"shop/.*"})"), (Values{4}));
  EXPECT_EQ(selected(R"({__file__=""})"), (Values{}));
  EXPECT_EQ(selected(R"({pod=""})"), (Values{1, 2, 4}));
}

TEST(ProfileStore, ComparesTheWholeType) {
  const ProfileStore store = StoreOf({{"a.pb", kTen, 1}});
  source::ProfileQuery query = test::CpuQuery("{}", test::Always());
  query.type.period_unit = "";
  EXPECT_TRUE(store.Select(query).empty());
}

TEST(ProfileStore, HidesSampledProfilesButNotTheirLabels) {
  const ProfileStore store = StoreOf(
      {{"a.pb", kTen, 1}, {"b.pb", kTen, 2, {{"__sampled__", "true"}}}});
  EXPECT_EQ(Selected(store, "{}", test::Always()), (Values{1}));
  EXPECT_EQ(Totals(store.Select(source::LabelQuery{{}, test::Always()})),
            (Values{1, 2}));
}

TEST(ProfileStore, EqualSeriesHaveEqualNumbers) {
  const ProfileStore store = StoreOf(
      {{"shop/a.pb", kTen, 1}, {"shop/b.pb", kTen, 2}, {"cart/a.pb", kTen, 4}});
  EXPECT_EQ(store.series_count(), 2u);
  EXPECT_EQ(store.rows()[0].series, store.rows()[1].series);
  EXPECT_NE(store.rows()[0].series, store.rows()[2].series);
  EXPECT_EQ(store.LabelOf(store.rows()[2], "service_name"), "cart");
  EXPECT_EQ(store.LabelOf(store.rows()[2], "__file__"), "cart/a.pb");
  EXPECT_EQ(store.LabelOf(store.rows()[2], "pod"), "");
}

TEST(ProfileStore, MayBeEmpty) {
  const ProfileStore store({});
  EXPECT_TRUE(Selected(store, "{}", test::Always()).empty());
}

}  // namespace
}  // namespace pmcp::store
