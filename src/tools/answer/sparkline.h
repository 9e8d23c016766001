// Sparkline: the shape of a series in a few characters. Pure.
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace pmcp::tools {

/// One block character per value, "▁" for the smallest and "█" for the largest
/// of `scale_max`, "·" for nothing at all. More than `width` values are
/// averaged in runs; NaN, of which nothing is known, counts in no average.
std::string Sparkline(std::span<const double> values, double scale_max,
                      std::size_t width);

}  // namespace pmcp::tools
