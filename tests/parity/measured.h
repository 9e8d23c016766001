// Measured: a number with a unit, parsed from a cell, and its rounding error.
#pragma once

#include <string_view>

namespace pmcp::parity {

struct Measured {
  /// In nanoseconds, bytes, a count or percent.
  double value = 0;
  /// Half of the last shown digit; 0 for an integer.
  double rounding = 0;
};

/// "1m24.0007808s", "15ns", "1.5 MB" (of 1024), "4600006080.00", "62.50%".
/// Exits if the text is not a number.
Measured ParseRecordedValue(std::string_view cell);
/// "84.0 s", "1.50 GiB", "12,345", "62.5%", "<0.1%", ">99.9%".
Measured ParseAnswerValue(std::string_view cell);

/// Whether both may be the same number.
bool Agree(const Measured& a, const Measured& b);

}  // namespace pmcp::parity
