#include "store/pushed/strip_go_shapes.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace pmcp::store {
namespace {

profile::Profile WithStrings(const std::vector<std::string>& strings) {
  profile::Profile profile;
  profile.strings.Append("");
  for (const std::string& text : strings) profile.strings.Append(text);
  return profile;
}

TEST(StripGoShapes, TakesOutShapesAndNothingElse) {
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"main.main", "main.main"},
      {"foo[go.shape.int]", "foo"},
      {"F[go.shape.struct { a []int }].G", "F.G"},
      {"main.(*Set[go.shape.string]).Add", "main.(*Set).Add"},
      {"A[go.shape.int].B[go.shape.int]", "A.B"},
      {"A[go.shape.int,go.shape.[]string].B", "A.B"},
      {"plain[...]", "plain[...]"},
      {"m[string].f[go.shape.int]", "m[string].f"},
      {"open[go.shape.int", "open[go.shape.int"},
      {"A[go.shape.int].open[go.shape.[]x", "A.open[go.shape.[]x"},
      {"[go.shape.]", ""},
      {"", ""}};
  for (const auto& [name, expected] : cases) {
    EXPECT_EQ(StripGoShapes(name), expected) << name;
  }
}

TEST(StripGoShapes, KeepsTheNumbersOfStrings) {
  profile::Profile profile = WithStrings({"a[go.shape.int]", "b", "a"});
  StripGoShapes(profile);
  ASSERT_EQ(profile.strings.size(), 4u);
  EXPECT_EQ(profile.strings[1], "a");
  EXPECT_EQ(profile.strings[2], "b");
  EXPECT_EQ(profile.strings[3], "a");
}

TEST(IsGoProfile, AsksTheAgentFirst) {
  EXPECT_TRUE(IsGoProfile(WithStrings({"main.py"}), "gospy"));
  EXPECT_FALSE(IsGoProfile(WithStrings({"main.go"}), "pyspy"));
  EXPECT_TRUE(IsGoProfile(WithStrings({"main.go"}), "someone"));
  EXPECT_TRUE(IsGoProfile(WithStrings({"main.go"}), ""));
}

TEST(IsGoProfile, TheFirstTellingStringDecides) {
  EXPECT_TRUE(IsGoProfile(WithStrings({"x", "/src/main.go", "a.py"}), ""));
  EXPECT_TRUE(IsGoProfile(WithStrings({"/usr/local/go/src/x"}), ""));
  EXPECT_FALSE(IsGoProfile(WithStrings({"a.py", "/src/main.go"}), ""));
  EXPECT_FALSE(IsGoProfile(WithStrings({"java/lang", "/src/main.go"}), ""));
  EXPECT_FALSE(IsGoProfile(WithStrings({"main.rs", "x"}), ""));
  EXPECT_FALSE(IsGoProfile(WithStrings({"main", "run"}), ""));
  EXPECT_FALSE(IsGoProfile(WithStrings({}), ""));
}

}  // namespace
}  // namespace pmcp::store
