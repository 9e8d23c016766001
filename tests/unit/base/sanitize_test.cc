#include "base/sanitize.h"

#include <gtest/gtest.h>

namespace pmcp {
namespace {

struct Case {
  const char* what;
  std::string_view input;
  std::string_view expected;
};

TEST(Sanitize, RemovesWhatAReaderMustNotSee) {
  using std::literals::string_view_literals::operator""sv;
  const Case kCases[] = {
      {"plain", "main.(*T).f<int>", "main.(*T).f<int>"},
      {"other scripts", "функция 函数 é 🙂", "функция 函数 é 🙂"},
      {"tab and newline", "a\tb\nc", "a b c"},
      {"carriage return and NUL", "a\r\0b"sv, "ab"},
      {"terminal colours", "\x1b[31mred\x1b[0m", "[31mred[0m"},
      {"C1 control",
       "a\xC2\x9B"
       "b",
       "ab"},
      {"bidirectional override",
       "a\xE2\x80\xAE"
       "b",
       "ab"},
      {"isolates",
       "a\xE2\x81\xA6"
       "b\xE2\x81\xA9",
       "ab"},
      {"zero width",
       "a\xE2\x80\x8B\xEF\xBB\xBF"
       "b",
       "ab"},
      {"tags",
       "a\xF3\xA0\x80\x81\xF3\xA0\x81\xBF"
       "b",
       "ab"},
      {"line separator",
       "a\xE2\x80\xA8"
       "b",
       "ab"},
      {"lone continuation",
       "a\x80"
       "b",
       "a\xEF\xBF\xBD"
       "b"},
      {"cut sequence", "a\xE2\x82", "a\xEF\xBF\xBD"},
      {"overlong slash", "\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD"},
      {"surrogate", "\xED\xA0\x80", "\xEF\xBF\xBD"},
      {"past the last plane", "\xF4\x90\x80\x80", "\xEF\xBF\xBD"},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(Sanitize(c.input), c.expected) << c.what;
    EXPECT_EQ(IsSafeText(c.input), c.input == c.expected) << c.what;
    EXPECT_TRUE(IsSafeText(Sanitize(c.input))) << c.what;
  }
}

}  // namespace
}  // namespace pmcp
