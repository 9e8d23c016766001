#include "tools/answer/sparkline.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace pmcp::tools {
namespace {

constexpr std::array<std::string_view, 8> kBlocks = {"▁", "▂", "▃", "▄",
                                                     "▅", "▆", "▇", "█"};
constexpr std::string_view kNothing = "·";

std::string_view Block(double value, double scale_max) {
  if (value <= 0 || scale_max <= 0) return kNothing;
  const double level = std::ceil(value / scale_max * kBlocks.size()) - 1;
  const double highest = static_cast<double>(kBlocks.size() - 1);
  return kBlocks[static_cast<std::size_t>(std::clamp(level, 0.0, highest))];
}

double MeanOf(std::span<const double> run) {
  double sum = 0;
  std::size_t known = 0;
  for (const double value : run) {
    if (std::isnan(value)) continue;
    sum += value;
    ++known;
  }
  return known == 0 ? 0 : sum / static_cast<double>(known);
}

}  // namespace

std::string Sparkline(std::span<const double> values, double scale_max,
                      std::size_t width) {
  std::string line;
  const std::size_t cells = std::min(values.size(), width);
  for (std::size_t cell = 0; cell < cells; ++cell) {
    const std::size_t begin = cell * values.size() / cells;
    const std::size_t end = (cell + 1) * values.size() / cells;
    const auto run = values.subspan(begin, end - begin);
    line += Block(MeanOf(run), scale_max);
  }
  return line;
}

}  // namespace pmcp::tools
