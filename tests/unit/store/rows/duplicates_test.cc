#include "store/rows/duplicates.h"

#include <gtest/gtest.h>

#include "tests/support/fake_clock.h"
#include "tests/support/store_index.h"

namespace pmcp::store {
namespace {

using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

const TimePoint kTen = test::At("2026-07-28T10:00:00Z");

TEST(FindDuplicates, ComparesSeriesTimeAndValue) {
  EXPECT_EQ(FindDuplicates(test::StoreOf(
                {{"shop/a.pb", kTen, 1},
                 {"shop/b.pb", kTen, 1},
                 {"shop/c.pb", kTen, 2},
                 {"cart/a.pb", kTen, 1},
                 {"shop/d.pb", kTen + std::chrono::nanoseconds(1), 1},
                 {"shop/e.pb", kTen, 1}})),
            (Pairs{{0, 1}, {1, 5}}));
}

TEST(FindDuplicates, FindsNone) {
  EXPECT_EQ(FindDuplicates(ProfileStore({})), Pairs{});
  EXPECT_EQ(FindDuplicates(test::StoreOf({{"a.pb", kTen, 1}})), Pairs{});
}

}  // namespace
}  // namespace pmcp::store
