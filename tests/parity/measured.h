// Measured: a number with a unit, read from a cell, and how far it may be
// rounded.
#pragma once

#include <string_view>

namespace pmcp::parity {

struct Measured {
  /// In nanoseconds, bytes or pieces; percent for a percentage.
  double value = 0;
  /// Half of the last digit that is shown; 0 for a whole number.
  double rounding = 0;
};

/// "1m24.0007808s", "15ns", "1.5 MB" (of 1024), "4600006080.00", "62.50%": ends
/// the test program when it is none.
Measured ParseRecordedValue(std::string_view cell);
/// "84.0 s", "1.50 GiB", "12,345", "62.5%", "<0.1%", ">99.9%".
Measured ParseAnswerValue(std::string_view cell);

/// Whether both can be the same number.
bool Agree(const Measured& a, const Measured& b);

}  // namespace pmcp::parity
