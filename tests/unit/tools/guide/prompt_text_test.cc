#include "tools/guide/prompt_text.h"

#include <gtest/gtest.h>

namespace pmcp::tools {
namespace {

TEST(PromptText, PutsValuesInPlace) {
  EXPECT_EQ(FillIn("Look at {{service}} since {{from}}: {{service}}.\n",
                   {{"service", "shop"}, {"from", "now-1h"}}),
            "Look at shop since now-1h: shop.\n");
}

TEST(PromptText, LeavesOutLinesWithoutTheirArgument) {
  EXPECT_EQ(FillIn("one\ntwo {{from}} {{to}}\nthree\n", {{"from", "x"}}),
            "one\nthree\n");
}

TEST(PromptText, LeavesOutTheAnnouncementOfAnEmptyList) {
  constexpr const char* kText =
      "Arguments:\n- a: {{a}}\n- b: {{b}}\n\nSteps:\n1. go\n";
  EXPECT_EQ(FillIn(kText, {{"b", "2"}}),
            "Arguments:\n- b: 2\n\nSteps:\n1. go\n");
  EXPECT_EQ(FillIn(kText, {}), "\nSteps:\n1. go\n");
}

TEST(PromptText, ValuesAreNoTemplates) {
  EXPECT_EQ(FillIn("{{a}}", {{"a", "{{b}}"}, {"b", "no"}}), "{{b}}\n");
}

TEST(PromptText, BracesThatNameNothingStay) {
  EXPECT_EQ(FillIn("a {\"b\": {}} {{c", {}), "a {\"b\": {}} {{c\n");
  EXPECT_EQ(FillIn("", {}), "");
}

}  // namespace
}  // namespace pmcp::tools
