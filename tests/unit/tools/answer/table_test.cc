#include "tools/answer/table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pmcp::tools {
namespace {

using testing::ElementsAre;

TEST(Layout, AlignsColumnsByCodePoints) {
  const Table table{
      .columns = {{"SELF", Align::kRight}, {"POD"}, {"FUNCTION"}},
      .rows = {{"1.5 s", "pod-é", "main"}, {"12 ms", "p", "функция"}}};
  EXPECT_THAT(Layout(table),
              ElementsAre(" SELF  POD    FUNCTION", "1.5 s  pod-é  main",
                          "12 ms  p      функция"));
}

TEST(Layout, MakesCellsSafeAndNeverEmpty) {
  const Table table{.columns = {{"A"}, {"B"}},
                    .rows = {{"", "tab\there\nand \x1b[31mred"}}};
  EXPECT_THAT(Layout(table), ElementsAre("A  B", "-  tab here and [31mred"));
}

TEST(Layout, ShortensLongNamesInTheMiddle) {
  const Table table{.columns = {{"FUNCTION"}},
                    .rows = {{"begin" + std::string(1000, 'x') + "end"}}};
  const std::string line = Layout(table)[1];
  EXPECT_LT(line.size(), 200u);
  EXPECT_THAT(line, testing::StartsWith("beginx"));
  EXPECT_THAT(line, testing::HasSubstr("…"));
  EXPECT_THAT(line, testing::EndsWith("xend"));
}

}  // namespace
}  // namespace pmcp::tools
