#include "profile/words/promql_string.h"

#include <gtest/gtest.h>

#include "tests/support/random.h"

namespace pmcp::profile {
namespace {

struct Case {
  std::string_view text;
  std::string_view value;
};

TEST(ParsePromqlString, UndoesGoQuoting) {
  using namespace std::string_view_literals;
  const Case cases[] = {
      {R"("plain")", "plain"},
      {R"('it is "so"')", "it is \"so\""},
      {R"("a\"b\\c")", "a\"b\\c"},
      {R"('\'')", "'"},
      {R"(`raw \n "x"`)", "raw \\n \"x\""},
      {"`two\nlines`", "two\nlines"},
      {R"("\a\b\f\n\r\t\v")", "\a\b\f\n\r\t\v"},
      {R"("\x41\101\u00e9\U0001F600")", "AA\u00e9\U0001F600"},
      {R"("\xff\000")", "\xff\0"sv},
      {"\"é\"", "é"},
      {R"("")", ""},
  };
  for (const Case& c : cases) {
    const auto string = ParsePromqlString(c.text);
    ASSERT_TRUE(string.ok()) << c.text << ": " << string.error().message;
    EXPECT_EQ(string->value, c.value) << c.text;
    EXPECT_EQ(string->rest, "");
  }
}

TEST(ParsePromqlString, LeavesWhatFollows) {
  const auto string = ParsePromqlString(R"("a",b="c")");
  ASSERT_TRUE(string.ok());
  EXPECT_EQ(string->rest, R"(,b="c")");
}

TEST(ParsePromqlString, RefusesWhatPrometheusRefuses) {
  const Case cases[] = {
      {"\"open", "has a string that is not closed"},
      {"`open", "has a string that is not closed"},
      {"\"end\\", "has a string that is not closed"},
      {"\"a\nb\"", "has a line break in a string; write it as \\n"},
      {R"("\q")", "has an unknown escape \"\\q\" in a string"},
      {R"("\'")", "has an unknown escape \"\\'\" in a string"},
      {R"("\xg1")", "has an unknown escape \"\\xg1\" in a string"},
      {R"("\x4")", "has an unknown escape \"\\x4\"\" in a string"},
      {R"("\400")", "has an unknown escape \"\\400\" in a string"},
      {R"("\ud800")", "has an unknown escape \"\\ud800\" in a string"},
      {R"("\U00110000")", "has an unknown escape \"\\U00110000\" in a string"},
      {"\"\xff\"", "has a string that is not UTF-8"},
      {"\"\uFFFD\"", "has a string that is not UTF-8"},
  };
  for (const Case& c : cases) {
    const auto string = ParsePromqlString(c.text);
    ASSERT_FALSE(string.ok()) << c.text;
    EXPECT_EQ(string.error().message, c.value);
  }
}

TEST(Quote, EscapesWhatIsNotSafeToShow) {
  EXPECT_EQ(Quote("a\"b\\c"), R"("a\"b\\c")");
  EXPECT_EQ(Quote("\n\t\x1b[31m"), R"("\n\t\u001b[31m")");
  EXPECT_EQ(Quote("\xff\uFFFD\u202e"), R"("\xff\ufffd\u202e")");
  EXPECT_EQ(Quote("\U000E0041"), R"("\U000e0041")");
  EXPECT_EQ(Quote("é"), "\"é\"");
}

TEST(Quote, IsUndoneByParsing) {
  test::SplitMix64 random(1);
  for (int round = 0; round < 5'000; ++round) {
    std::string value;
    for (std::size_t i = random.Below(12); i > 0; --i) {
      value += static_cast<char>(random.OneIn(2) ? random.Below(256)
                                                 : random.Below(128));
    }
    const std::string quoted = Quote(value);
    const auto string = ParsePromqlString(quoted);
    ASSERT_TRUE(string.ok()) << quoted;
    ASSERT_EQ(string->value, value) << quoted;
    ASSERT_EQ(string->rest, "") << quoted;
  }
}

}  // namespace
}  // namespace pmcp::profile
