#include "base/regex.h"

#include <gtest/gtest.h>

namespace pmcp {
namespace {

TEST(Regex, MatchesPartsOrTheWhole) {
  const auto regex = Regex::Compile("focus", "json|proto");
  ASSERT_TRUE(regex.ok());
  EXPECT_TRUE(regex->PartialMatch("encoding/json.Marshal"));
  EXPECT_FALSE(regex->FullMatch("encoding/json.Marshal"));
  EXPECT_TRUE(regex->FullMatch("proto"));
}

TEST(Regex, MatcherDotTakesNewlines) {
  EXPECT_TRUE(Regex::CompileMatcher("pod", "a.b")->FullMatch("a\nb"));
  EXPECT_FALSE(Regex::Compile("focus", "a.b")->FullMatch("a\nb"));
}

TEST(Regex, IsLinearWhereOthersExplode) {
  const auto regex = Regex::Compile("focus", "(a+)+$");
  ASSERT_TRUE(regex.ok());
  EXPECT_FALSE(regex->PartialMatch(std::string(100'000, 'a') + "b"));
}

TEST(Regex, RefusesWithTheReason) {
  const auto bad = Regex::Compile("focus", "a(b");
  ASSERT_FALSE(bad.ok());
  EXPECT_EQ(bad.error().kind, ErrorKind::kInvalidArgument);
  EXPECT_NE(bad.error().message.find("focus"), std::string::npos);
  EXPECT_NE(bad.error().message.find("\"a(b\""), std::string::npos);
  EXPECT_FALSE(Regex::Compile("focus", R"((a)\1)").ok());
}

TEST(Regex, BoundsThePatternAndItsProgram) {
  EXPECT_TRUE(
      Regex::Compile("x", std::string(Regex::kMaxPatternBytes, 'a')).ok());
  const auto longer =
      Regex::Compile("x", std::string(Regex::kMaxPatternBytes + 1, 'a'));
  ASSERT_FALSE(longer.ok());
  EXPECT_EQ(longer.error().kind, ErrorKind::kTooLarge);
  EXPECT_FALSE(Regex::Compile("x", "((a{100}){100}){100}").ok());
}

}  // namespace
}  // namespace pmcp
