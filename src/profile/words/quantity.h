// Quantities with their units, for people and models: 31.2 s, 1.50 GiB,
// 0.420 cores.
//
// Fixed rules, so that numbers can be compared at a glance: three significant
// digits, all digits before the point, thousands apart by commas. Whole
// counts, nanoseconds and bytes are exact.
#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

#include "profile/words/profile_type.h"

namespace pmcp::profile {

/// What the values of a profile type are measured in.
enum class Unit {
  kNanoseconds,
  kMicroseconds,
  kMilliseconds,
  kSeconds,
  kBytes,
  kCount
};

/// By the type's sample_unit; an unknown unit is a count.
Unit UnitOf(const ProfileType& type);

/// The unit as the head of a column or a sentence says it: "nanoseconds".
std::string_view Name(Unit unit);

/// "31.2 s", "450 ms", "1.50 GiB", "12,345": in the largest unit that keeps
/// the number at 1 or more. Times end at hours and have no minutes, which
/// would have to be converted before anything is compared.
std::string FormatQuantity(double value, Unit unit);
/// The same; counts are exact past 2^53, too.
std::string FormatQuantity(std::int64_t value, Unit unit);
template <std::integral T>
std::string FormatQuantity(T value, Unit unit) {
  return FormatQuantity(static_cast<std::int64_t>(value), unit);
}

/// Per second of `window`: cores for CPU time ("0.420 cores"), "120 ms per
/// second" for other times, "1.20 MiB/s", "3.50/s". A window without length
/// has no rate: "-".
std::string FormatRate(double value, const ProfileType& type,
                       std::chrono::milliseconds window);

/// "47.9%"; "<0.1%" for what is small but there, ">99.9%" for what is not
/// quite all; "0%" for nothing, and of nothing.
std::string FormatPercent(double part, double whole);

/// Summing over scrapes says little for a level such as memory in use or
/// goroutines (inuse_*, goroutine, objects, space, live).
bool IsGauge(const ProfileType& type);

}  // namespace pmcp::profile
