// Sparkline: the shape of a series in a few characters. Pure.
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace pmcp::tools {

/// One block character per value, from "▁" to "█" for `scale_max`; "·" for
/// zero. Averages runs of values if there are more than `width`. NaN means
/// unknown and is not averaged.
std::string Sparkline(std::span<const double> values, double scale_max,
                      std::size_t width);

}  // namespace pmcp::tools
