#include "profile/stacks/column_arena.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <numeric>
#include <span>
#include <utility>

#include "profile/stacks/number_column.h"

namespace pmcp::profile {
namespace {

using testing::ElementsAre;

template <typename T>
std::span<T> AddNumbers(ColumnArena& packed, std::size_t count) {
  const std::span<T> column = packed.Add<T>(count);
  std::iota(column.begin(), column.end(), T{1});
  return column;
}

TEST(ColumnArena, HoldColumnsOfEveryWidthInAnyOrder) {
  ColumnArena packed(ColumnArena::BytesFor(3, 2) + ColumnArena::BytesFor(2, 8) +
                     ColumnArena::BytesFor(1, 2) + ColumnArena::BytesFor(2, 4));
  const auto narrow = AddNumbers<std::uint16_t>(packed, 3);
  const auto wide = AddNumbers<std::uint64_t>(packed, 2);
  const auto one = AddNumbers<std::uint16_t>(packed, 1);
  const auto usual = AddNumbers<std::uint32_t>(packed, 2);
  const ColumnArena moved = std::move(packed);
  EXPECT_THAT(narrow, ElementsAre(1, 2, 3));
  EXPECT_THAT(wide, ElementsAre(1, 2));
  EXPECT_THAT(one, ElementsAre(1));
  EXPECT_THAT(usual, ElementsAre(1, 2));
}

TEST(PackedColumnsDeathTest, HaveNoRoomForMoreThanWasSaid) {
  ColumnArena packed(ColumnArena::BytesFor(2, 4));
  packed.Add<std::uint32_t>(2);
  EXPECT_DEATH(packed.Add<std::uint64_t>(1), "");
}

TEST(NumberColumn, GivesTheNumbersOfEveryWidth) {
  const std::uint16_t narrow[] = {0, 0xffff};
  const std::uint32_t usual[] = {1, 0xffff'ffff};
  const std::uint64_t wide[] = {2, ~std::uint64_t{0}};
  EXPECT_EQ(NumberColumn(std::span<const std::uint16_t>(narrow))[1], 0xffffu);
  EXPECT_EQ(NumberColumn(std::span<const std::uint32_t>(usual))[1],
            0xffff'ffffu);
  const NumberColumn column{std::span<const std::uint64_t>(wide)};
  EXPECT_EQ(column[0], 2u);
  EXPECT_EQ(column[1], ~std::uint64_t{0});
  EXPECT_EQ(column.size(), 2u);
  EXPECT_EQ(NumberColumn().size(), 0u);
}

TEST(NumberColumn, IsAsWideAsTheLargestNumber) {
  EXPECT_EQ(NumberColumn::WidthFor(0), 2u);
  EXPECT_EQ(NumberColumn::WidthFor(0xffff), 2u);
  EXPECT_EQ(NumberColumn::WidthFor(0x1'0000), 4u);
  EXPECT_EQ(NumberColumn::WidthFor(0xffff'ffff), 4u);
  EXPECT_EQ(NumberColumn::WidthFor(0x1'0000'0000), 8u);
}

}  // namespace
}  // namespace pmcp::profile
