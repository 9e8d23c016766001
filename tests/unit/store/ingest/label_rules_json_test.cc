#include "store/ingest/label_rules_json.h"

#include <gtest/gtest.h>

#include <string>

namespace pmcp::store {
namespace {

std::string Refusal(std::string_view text) {
  const auto rules = ReadLabelRules(text);
  EXPECT_FALSE(rules.ok()) << text;
  if (rules.ok()) return "";
  EXPECT_NE(rules.error().hint, "");
  return rules.error().message;
}

TEST(ReadLabelRules, KeepsTheOrderOfTheFile) {
  const auto rules = ReadLabelRules(
      R"({"z*": {"version": "v2", "env": "prod"}, "a*": {"version": ""},
          "m*": {}})");
  ASSERT_TRUE(rules.ok());
  ASSERT_EQ(rules->size(), 3u);
  EXPECT_EQ((*rules)[0].glob, "z*");
  EXPECT_EQ((*rules)[0].labels,
            (std::vector<profile::Label>{{"version", "v2"}, {"env", "prod"}}));
  EXPECT_EQ((*rules)[1].glob, "a*");
  EXPECT_EQ((*rules)[1].labels, (std::vector<profile::Label>{{"version", ""}}));
  EXPECT_EQ((*rules)[2].glob, "m*");
  EXPECT_TRUE((*rules)[2].labels.empty());
}

TEST(ReadLabelRules, TakesNoRules) { EXPECT_TRUE(ReadLabelRules("{}").ok()); }

TEST(ReadLabelRules, SaysWhatIsWrong) {
  EXPECT_EQ(Refusal(""), "is not valid JSON at byte 1");
  EXPECT_EQ(Refusal("{\"a\" {}}"), "is not valid JSON at byte 6");
  EXPECT_EQ(Refusal("{} x"), "is not valid JSON at byte 4");
  EXPECT_EQ(Refusal("[]"), "holds a list, not an object of patterns");
  EXPECT_EQ(Refusal("7"), "holds a number, not an object of patterns");
  EXPECT_EQ(Refusal("null"), "holds null, not an object of patterns");
  EXPECT_EQ(Refusal(R"({"a*": "prod"})"),
            R"(gives the pattern "a*" a string, not an object of labels)");
  EXPECT_EQ(Refusal(R"({"a*": {}, "b*": [1]})"),
            R"(gives the pattern "b*" a list, not an object of labels)");
  EXPECT_EQ(Refusal(R"({"a*": {"v": 2}})"),
            R"(gives the label "v" of "a*" a number, not a string)");
  EXPECT_EQ(Refusal(R"({"a*": {"v": -2.5}})"),
            R"(gives the label "v" of "a*" a number, not a string)");
  EXPECT_EQ(Refusal(R"({"a*": {"v": true}})"),
            R"(gives the label "v" of "a*" true or false, not a string)");
  EXPECT_EQ(Refusal(R"({"a*": {"v": {"w": {}}}})"),
            R"(gives the label "v" of "a*" another object, not a string)");
  EXPECT_EQ(Refusal("{\"\xff\": {}}"), "is not valid JSON at byte 3");
}

TEST(ReadLabelRules, SurvivesDeepNesting) {
  EXPECT_EQ(Refusal(std::string(kMaxLabelRulesBytes, '[')),
            "holds a list, not an object of patterns");
  std::string objects;
  while (objects.size() + 5 < kMaxLabelRulesBytes) objects += "{\"a\":";
  EXPECT_EQ(Refusal(objects),
            R"(gives the label "a" of "a" another object, not a string)");
}

TEST(ReadLabelRules, HasLimits) {
  const std::string spaces(kMaxLabelRulesBytes - 2, ' ');
  EXPECT_TRUE(ReadLabelRules("{}" + spaces).ok());
  EXPECT_EQ(Refusal("{ }" + spaces), "has more than 1024 KiB");

  const auto with_rules = [](std::size_t count) {
    std::string text = "{\"x\":{}";
    for (std::size_t i = 1; i < count; ++i) text += ",\"x\":{}";
    return text + "}";
  };
  EXPECT_TRUE(ReadLabelRules(with_rules(kMaxLabelRules)).ok());
  EXPECT_EQ(Refusal(with_rules(kMaxLabelRules + 1)),
            "has more than 10000 rules");

  const auto with_glob = [](std::size_t size) {
    return "{\"" + std::string(size, 'g') + "\":{}}";
  };
  EXPECT_TRUE(ReadLabelRules(with_glob(kMaxGlobBytes)).ok());
  EXPECT_TRUE(Refusal(with_glob(kMaxGlobBytes + 1))
                  .starts_with("has a pattern of more than 1024 bytes"));
}

}  // namespace
}  // namespace pmcp::store
