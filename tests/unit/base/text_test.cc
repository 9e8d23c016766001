#include "base/text.h"

#include <gtest/gtest.h>

namespace pmcp {
namespace {

const std::vector<std::string> kTools = {"list_labels", "list_profile_types",
                                         "query_flamegraph", "top_series"};

TEST(TakeFromList, TakesOneAfterTheOther) {
  std::string_view list = " a,b , ,c";
  for (const char* expected : {"a", "b", "", "c"}) {
    EXPECT_EQ(TakeFromList(list), expected);
  }
  EXPECT_EQ(list, "");
  EXPECT_EQ(TakeFromList(list), "");
}

TEST(Split, KeepsEmptyParts) {
  using Parts = std::vector<std::string_view>;
  EXPECT_EQ(Split("a-b_c", "-_"), (Parts{"a", "b", "c"}));
  EXPECT_EQ(Split("-a-", "-"), (Parts{"", "a", ""}));
  EXPECT_EQ(Split("", "-"), (Parts{""}));
}

TEST(Counted, HasASingular) {
  EXPECT_EQ(Counted(1, "label was", "labels were"), "1 label was");
  EXPECT_EQ(Counted(0, "label", "labels"), "0 labels");
  EXPECT_EQ(Counted(2, "label", "labels"), "2 labels");
}

TEST(BaseName, IsTheLastElement) {
  EXPECT_EQ(BaseName("/opt/bin/engine"), "engine");
  EXPECT_EQ(BaseName("/opt/engine//"), "engine");
  EXPECT_EQ(BaseName("engine"), "engine");
  EXPECT_EQ(BaseName("/"), "");
  EXPECT_EQ(BaseName(""), "");
}

TEST(IsDigits, TakesNothingElse) {
  EXPECT_TRUE(IsDigits("007"));
  EXPECT_FALSE(IsDigits(""));
  EXPECT_FALSE(IsDigits("-1"));
  EXPECT_FALSE(IsDigits("1a"));
}

TEST(ClosestMatch, FindsMisspellings) {
  EXPECT_EQ(ClosestMatch("query_flamegrap", kTools), "query_flamegraph");
  EXPECT_EQ(ClosestMatch("top-series", kTools), "top_series");
  EXPECT_EQ(ClosestMatch("flamegraph", kTools), "query_flamegraph");
}

TEST(ClosestMatch, SaysNothingWhenNothingIsNear) {
  EXPECT_EQ(ClosestMatch("delete_everything", kTools), std::nullopt);
  EXPECT_EQ(ClosestMatch("", kTools), std::nullopt);
  EXPECT_EQ(ClosestMatch(std::string(1 << 20, 'x'), kTools), std::nullopt);
}

TEST(ClosestMatch, TiesGoToTheFirst) {
  const std::vector<std::string> known = {"pod-a", "pod-b"};
  EXPECT_EQ(ClosestMatch("pod-c", known), "pod-a");
}

TEST(Shorten, KeepsBothEndsAndWholeCodePoints) {
  EXPECT_EQ(Shorten("short", 5), "short");
  EXPECT_EQ(Shorten("abcdefghij", 5), "ab…ij");
  EXPECT_EQ(Shorten("функция", 4), "ф…ия");
  EXPECT_EQ(Shorten("abc", 1), "…");
}

TEST(DisplayWidth, CountsCodePoints) {
  EXPECT_EQ(DisplayWidth(""), 0u);
  EXPECT_EQ(DisplayWidth("函数"), 2u);
}

TEST(Trim, TakesWhiteSpaceFromBothEnds) {
  EXPECT_EQ(Trim(" \t a b\r\n"), "a b");
  EXPECT_EQ(Trim("  "), "");
}

TEST(ParseInt64, TakesWholeNumbersOnly) {
  EXPECT_EQ(ParseInt64("-9223372036854775808"), INT64_MIN);
  EXPECT_EQ(ParseInt64("9223372036854775808"), std::nullopt);
  EXPECT_EQ(ParseInt64("1.0"), std::nullopt);
  EXPECT_EQ(ParseInt64(""), std::nullopt);
}

}  // namespace
}  // namespace pmcp
