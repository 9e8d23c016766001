#include "tools/answer/sparkline.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace pmcp::tools {
namespace {

std::string Line(const std::vector<double>& values, double max,
                 std::size_t width = 10) {
  return Sparkline(values, max, width);
}

TEST(Sparkline, ShowsHeightsOfTheScale) {
  EXPECT_EQ(Line({0, 1, 2, 4, 8}, 8), "·▁▂▄█");
  EXPECT_EQ(Line({1, 1}, 8), "▁▁");
}

TEST(Sparkline, AveragesWhatDoesNotFit) {
  EXPECT_EQ(Line({8, 8, 0, 0, 4, 4}, 8, 3), "█·▄");
}

TEST(Sparkline, LeavesOutOfAnAverageWhatIsNotKnown) {
  const double unknown = std::nan("");
  EXPECT_EQ(Line({8, unknown, unknown, unknown, 4, 4}, 8, 3), "█·▄");
}

TEST(Sparkline, OfNothingIsNothing) {
  EXPECT_EQ(Line({}, 0), "");
  EXPECT_EQ(Line({0, 0}, 0), "··");
}

}  // namespace
}  // namespace pmcp::tools
