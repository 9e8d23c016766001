#include "base/line_splitter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace pmcp {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::size_t kLimit = 5;

std::vector<std::string> Drain(LineSplitter& splitter) {
  std::vector<std::string> lines;
  while (const auto line = splitter.Next()) {
    lines.push_back(line->is_too_long ? "(too long)" : line->text);
  }
  return lines;
}

/// The lines of `input`, appended `step` bytes at a time.
std::vector<std::string> Split(const std::string& input, std::size_t step) {
  LineSplitter splitter(kLimit);
  std::vector<std::string> lines;
  const auto take = [&] {
    for (auto& line : Drain(splitter)) lines.push_back(line);
  };
  for (std::size_t i = 0; i < input.size(); i += step) {
    splitter.Append(std::string_view(input).substr(i, step));
    take();
  }
  splitter.Finish();
  take();
  return lines;
}

struct SplitCase {
  const char* input;
  std::vector<std::string> lines;
};

const SplitCase kSplitCases[] = {
    {"", {}},
    {"a\nb\n", {"a", "b"}},
    {"a\nb", {"a", "b"}},
    {"a\r\nb\r\n", {"a", "b"}},
    {"\n\r\n\n", {"", "", ""}},
    {"a\rb\n", {"a\rb"}},
    {"12345\n", {"12345"}},
    {"12345\r\n", {"12345"}},
    {"12345", {"12345"}},
    {"123456\nab\n", {"(too long)", "ab"}},
    {"123456\r\nab\n", {"(too long)", "ab"}},
    {"123456", {"(too long)"}},
    {"1234567890123456\nab\n1234567890\ncd\n",
     {"(too long)", "ab", "(too long)", "cd"}},
    {"123456789012", {"(too long)"}},
};

TEST(LineSplitter, SplitsTheSameHoweverTheBytesCome) {
  for (const SplitCase& row : kSplitCases) {
    for (const std::size_t step : {1, 2, 3, 7, 1000}) {
      EXPECT_EQ(Split(row.input, step), row.lines)
          << '"' << row.input << "\", " << step << " bytes at a time";
    }
  }
}

TEST(LineSplitter, TellsOfALongLineBeforeItEnds) {
  LineSplitter splitter(kLimit);
  splitter.Append("12345");
  EXPECT_THAT(Drain(splitter), IsEmpty());
  splitter.Append("67");
  EXPECT_THAT(Drain(splitter), ElementsAre("(too long)"));
  splitter.Append("89");
  EXPECT_THAT(Drain(splitter), IsEmpty());
  splitter.Append("\nab\n");
  EXPECT_THAT(Drain(splitter), ElementsAre("ab"));
}

}  // namespace
}  // namespace pmcp
