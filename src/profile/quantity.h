// Quantities with their units, for people: 31.2 s, 1.50 GiB, 0.42 cores.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "profile/profile_type.h"

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

/// "31.2 s", "450 ms", "1.50 GiB", "12 345": at least three significant digits,
/// the largest unit that keeps the number at 1 or more. Exact for small counts.
std::string FormatQuantity(double value, Unit unit);

/// Per second of `window`: cores for CPU time ("0.42 cores"), "1.2 MiB/s",
/// "3.5/s".
std::string FormatRate(double value, const ProfileType& type,
                       std::chrono::milliseconds window);

/// "47.9%"; "<0.1%" for what is small but there; "0%" for nothing.
std::string FormatPercent(double part, double whole);

/// The unit as the head of a column or a sentence says it: "nanoseconds".
std::string_view Name(Unit unit);

/// Summing over scrapes says little for a level such as memory in use or
/// goroutines (inuse_*, goroutine, objects, space, live).
bool IsGauge(const ProfileType& type);

}  // namespace pmcp::profile
