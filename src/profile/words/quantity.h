// Quantities as text with their units, for people and models: 31.2 s, 1.50 GiB,
// 0.420 cores.
//
// Numbers have three significant digits, but never fewer than all digits before
// the decimal point, and commas between thousands, so that they are easy to
// compare. Integral counts, nanoseconds and bytes are exact.
#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

#include "profile/words/profile_type.h"

namespace pmcp::profile {

/// The unit of the values of a profile type.
enum class Unit {
  kNanoseconds,
  kMicroseconds,
  kMilliseconds,
  kSeconds,
  kBytes,
  kCount
};

/// The unit that the type's sample_unit names; kCount if it is unknown.
Unit UnitOf(const ProfileType& type);

/// The unit's name for column heads and sentences: "nanoseconds".
std::string_view Name(Unit unit);

/// "31.2 s", "450 ms", "1.50 GiB", "12,345": in the largest unit that gives a
/// number of at least 1. The largest unit of time is the hour. Minutes are not
/// used, as they would have to be converted for comparisons.
std::string FormatQuantity(double value, Unit unit);
/// Counts above 2^53 are exact too.
std::string FormatQuantity(std::int64_t value, Unit unit);
template <std::integral T>
std::string FormatQuantity(T value, Unit unit) {
  return FormatQuantity(static_cast<std::int64_t>(value), unit);
}

/// `value` per second of `window`: "0.420 cores" for CPU time, "120 ms per
/// second" for other times, "1.20 MiB/s", "3.50/s". "-" if the window is empty.
std::string FormatRate(double value, const ProfileType& type,
                       std::chrono::milliseconds window);

/// "47.9%". "<0.1%" and ">99.9%" for values that would be rounded to 0% or
/// 100%; "0%" if `part` or `whole` is 0.
std::string FormatPercent(double part, double whole);

/// Whether the type measures a level, such as memory in use or the number of
/// goroutines (inuse_*, goroutine, objects, space, live). The sum of a level
/// over several profiles says little.
bool IsGauge(const ProfileType& type);

}  // namespace pmcp::profile
