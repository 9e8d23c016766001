#include "profile/words/string_table.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace pmcp::profile {
namespace {

TEST(StringTable, GivesIdsInOrder) {
  StringTable table;
  EXPECT_EQ(table.Append(""), 0u);
  EXPECT_EQ(table.Append("a"), 1u);
  EXPECT_EQ(table.Append("a"), 2u);
  EXPECT_EQ(table[1], "a");
  EXPECT_EQ(table.size(), 3u);
}

TEST(StringTable, RefersToViews) {
  const std::string text = "a long text that is not copied";
  StringTable table;
  EXPECT_EQ(table.AppendView(text), 0u);
  EXPECT_EQ(table[0].data(), text.data());
  EXPECT_EQ(table.Intern(text), 0u);
}

TEST(StringTable, ReplacesAString) {
  StringTable table;
  const StringId a = table.Intern("a");
  table.Intern("b");
  table.Replace(a, "c");
  EXPECT_EQ(table[a], "c");
  EXPECT_EQ(table.Find("c"), a);
  EXPECT_EQ(table.Find("a"), std::nullopt);
}

TEST(StringTable, BeginsAnewAfterClear) {
  StringTable table;
  table.Intern("a");
  table.Intern("b");
  table.Clear();
  EXPECT_EQ(table.size(), 0u);
  EXPECT_EQ(table.Find("a"), std::nullopt);
  EXPECT_EQ(table.Intern("b"), 0u);
}

TEST(StringTable, InternsEqualStringsOnce) {
  StringTable table;
  const StringId a = table.Intern("a");
  EXPECT_EQ(table.Intern("b"), a + 1);
  EXPECT_EQ(table.Intern("a"), a);
  EXPECT_EQ(table.Intern(""), a + 2);
  EXPECT_EQ(table.Intern(""), a + 2);
}

TEST(StringTable, FindsTheFirstOfEqualOnes) {
  StringTable table;
  table.Append("x");
  table.Append("y");
  table.Append("y");
  EXPECT_EQ(table.Find("y"), 1u);
  EXPECT_EQ(table.Find("z"), std::nullopt);
  table.Append("z");
  EXPECT_EQ(table.Find("z"), 3u);
  EXPECT_EQ(table.Intern("y"), 1u);
}

TEST(StringTable, KeepsAnyBytes) {
  StringTable table;
  const std::string bytes("a\0\xff", 3);
  EXPECT_EQ(table[table.Intern(bytes)], bytes);
}

TEST(StringTable, GrowsWithoutMovingStrings) {
  StringTable table;
  table.Reserve(10, 3);
  const std::string_view first = table[table.Intern("first")];
  const std::string large(1 << 20, 'x');
  table.Intern(large);
  for (int i = 0; i < 10'000; ++i) {
    ASSERT_EQ(table.Intern("name " + std::to_string(i)), 2u + i);
  }
  for (int i = 0; i < 10'000; ++i) {
    ASSERT_EQ(table.Intern("name " + std::to_string(i)), 2u + i);
  }
  EXPECT_EQ(table[1], large);
  EXPECT_EQ(first.data(), table[0].data());
  EXPECT_GT(table.memory_bytes(), large.size());
}

TEST(StringTable, LeavesAnEmptyTableWhenMoved) {
  StringTable table;
  table.Intern("kept");
  const std::string_view view = table[0];
  StringTable moved = std::move(table);
  EXPECT_EQ(view.data(), moved[0].data());
  // The old table must not write into the blocks of the new one.
  table = StringTable();
  EXPECT_EQ(table.Intern("other"), 0u);
  EXPECT_EQ(moved[0], "kept");
}

}  // namespace
}  // namespace pmcp::profile
