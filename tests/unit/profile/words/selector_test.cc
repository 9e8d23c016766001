#include "profile/words/selector.h"

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pmcp::profile {
namespace {

using testing::HasSubstr;

struct Case {
  std::string_view text;
  std::string_view expected;
};

// The text of the selector, or "error: …".
std::string Parsed(std::string_view text) {
  const auto selector = LabelSelector::Parse(text);
  if (!selector.ok()) return "error: " + selector.error().message;
  return selector->ToString();
}

bool Matches(std::string_view text, const Labels& labels) {
  const auto selector = LabelSelector::Parse(text);
  EXPECT_TRUE(selector.ok()) << text;
  return selector.ok() && selector->Matches(labels);
}

TEST(LabelSelector, UnderstandsPromql) {
  const Case cases[] = {
      {"{}", "{}"},
      {" { } ", "{}"},
      {R"({a="x"})", R"({a="x"})"},
      {R"({a="1",b!="2",c=~"3.*",d!~"4|5"})",
       R"({a="1", b!="2", c=~"3.*", d!~"4|5"})"},
      {R"({a="x",})", R"({a="x"})"},
      {"{ a\t=\n'x' , # why\n b != `y` }  # end", R"({a="x", b!="y"})"},
      {R"({"k8s.pod"="x"})", R"({"k8s.pod"="x"})"},
      {R"({"up"})", R"({__name__="up"})"},
      {R"(up{a="x"})", R"({a="x", __name__="up"})"},
      {"up", R"({__name__="up"})"},
      {" a:b {} # c", R"({__name__="a:b"})"},
      {"sum{}", R"({__name__="sum"})"},
      {R"({by="x", on="y", bool="z"})", R"({by="x", on="y", bool="z"})"},
      {R"({a="x",a="x"})", R"({a="x", a="x"})"},
      {R"({a="\u00e9\n"})", "{a=\"é\\n\"}"},
      {R"({""="x"})", R"({""="x"})"},
      {R"({a=~""})", R"({a=~""})"},
  };
  for (const Case& c : cases) EXPECT_EQ(Parsed(c.text), c.expected) << c.text;
}

TEST(LabelSelector, RefusesWhatPrometheusRefuses) {
  const Case cases[] = {
      {"", "is empty"},
      {"  # only a comment", "is empty"},
      {R"(a="x")", "has no braces around its conditions"},
      {R"("a"="x")", "needs { at its beginning, found \"\"a\"=\"x\"\""},
      {R"({a="x")", "needs a comma or } after a condition, found its end"},
      {"{", "needs a label name or }, found its end"},
      {R"({a=="x"})", "needs a value in quotes after a=, found \"=\"x\"}\""},
      {"{a=x}", "needs a value in quotes after a=, found \"x}\""},
      {"{a}", "needs =, !=, =~ or !~ after a label name, found \"}\""},
      {"{a~\"x\"}", "needs =, !=, =~ or !~ after a label name"},
      {"{,}", "needs a label name or }, found \",}\""},
      {R"({a="x",,})", "needs a label name or }"},
      {R"({a="x" b="y"})", "needs a comma or } after a condition"},
      {R"({1a="x"})", "needs a label name or }, found \"1a=\"x\"}\""},
      {R"({a.b="x"})", "needs =, !=, =~ or !~ after a label name"},
      {R"({é="x"})", "needs a label name or }"},
      {R"({a="x"}})", "continues after its end, found \"}\""},
      {R"({a="x"} offset 5m)", "continues after its end"},
      {"a b", "continues after its end, found \"b\""},
      {"on{}", "begins with \"on\", a keyword of PromQL"},
      {"NaN", "begins with \"NaN\", a keyword of PromQL"},
      {"5{}", "begins with a digit"},
      {R"({a="\q"})", "has an unknown escape \"\\q\" in a string"},
      {R"({a="x})", "has a string that is not closed"},
      {R"({a=~"("})", "the value of a is not a regular expression: \"(\""},
      {R"({a=~"x{1001}"})", "is not a regular expression"},
  };
  for (const Case& c : cases) {
    EXPECT_THAT(Parsed(c.text), HasSubstr(c.expected)) << c.text;
  }
}

TEST(LabelSelector, TeachesInItsErrors) {
  const Error error = LabelSelector::Parse("service_name=\"x\"").error();
  EXPECT_EQ(error.message,
            "selector \"service_name=\"x\"\" has no braces around its "
            "conditions");
  EXPECT_EQ(error.hint, "Write {service_name=\"x\"}.");
}

TEST(LabelSelector, MatchesAllOfItsConditions) {
  const Labels labels({{"pod", "shop-1"}, {"zone", "a"}});
  EXPECT_TRUE(Matches("{}", labels));
  EXPECT_TRUE(Matches(R"({pod="shop-1",zone="a"})", labels));
  EXPECT_FALSE(Matches(R"({pod="shop-1",zone="b"})", labels));
  EXPECT_TRUE(Matches(R"({pod!="shop-2"})", labels));
  EXPECT_FALSE(Matches(R"({pod!="shop-1"})", labels));
}

TEST(LabelSelector, AnchorsRegexes) {
  const Labels labels({Label{"pod", "shop-1"}});
  EXPECT_TRUE(Matches(R"({pod=~"shop-.*"})", labels));
  EXPECT_FALSE(Matches(R"({pod=~"shop"})", labels));
  EXPECT_FALSE(Matches(R"({pod=~"hop-1|x"})", labels));
  EXPECT_TRUE(Matches(R"({pod!~"shop"})", labels));
  EXPECT_TRUE(Matches(R"({pod=~"(?i)SHOP-1"})", labels));
}

TEST(LabelSelector, LetsTheDotMatchALineBreak) {
  EXPECT_TRUE(Matches(R"({pod=~"a.b"})", Labels({Label{"pod", "a\nb"}})));
}

TEST(LabelSelector, TakesAMissingLabelForAnEmptyOne) {
  const Labels labels({Label{"pod", "a"}});
  EXPECT_TRUE(Matches(R"({zone=""})", labels));
  EXPECT_TRUE(Matches(R"({zone!="x"})", labels));
  EXPECT_TRUE(Matches(R"({zone=~".*"})", labels));
  EXPECT_FALSE(Matches(R"({zone=~".+"})", labels));
  EXPECT_FALSE(Matches(R"({pod=""})", labels));
}

TEST(LabelSelector, PrintsWhatItParses) {
  LabelSelector selector;
  selector.Add(LabelSelector::Equals("plain", "a\"b\\c\n"));
  selector.Add(LabelSelector::Equals("k8s.pod", "\xff"));
  selector.Add(LabelSelector::Equals("", ""));
  const std::string text = selector.ToString();
  EXPECT_EQ(Parsed(text), text);
}

TEST(LabelSelector, HasLimits) {
  const std::string longest(LabelSelector::kMaxBytes - 6, 'x');
  EXPECT_TRUE(LabelSelector::Parse(fmt::format("{{a=\"{}\"}}", longest)).ok());
  const auto too_long =
      LabelSelector::Parse(fmt::format("{{a=\"{}x\"}}", longest));
  ASSERT_FALSE(too_long.ok());
  EXPECT_EQ(too_long.error().kind, ErrorKind::kTooLarge);

  std::string many = "{";
  for (std::size_t i = 0; i < LabelSelector::kMaxMatchers; ++i) {
    many += "a=\"\",";
  }
  EXPECT_TRUE(LabelSelector::Parse(many + "}").ok());
  const auto too_many = LabelSelector::Parse(many + "a=\"\"}");
  ASSERT_FALSE(too_many.ok());
  EXPECT_EQ(too_many.error().kind, ErrorKind::kTooLarge);
}

}  // namespace
}  // namespace pmcp::profile
