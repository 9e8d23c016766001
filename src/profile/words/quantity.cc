#include "profile/words/quantity.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <span>

#include "base/check.h"

namespace pmcp::profile {
namespace {

struct UnitRow {
  Unit unit;
  std::string_view name;
  std::string_view short_name;  // used by some profilers
  double nanoseconds;           // in one unit; 0 if not a unit of time
};
constexpr std::array kUnits = {
    UnitRow{Unit::kNanoseconds, "nanoseconds", "ns", 1},
    UnitRow{Unit::kMicroseconds, "microseconds", "us", 1e3},
    UnitRow{Unit::kMilliseconds, "milliseconds", "ms", 1e6},
    UnitRow{Unit::kSeconds, "seconds", "s", 1e9},
    UnitRow{Unit::kBytes, "bytes", "B", 0},
    UnitRow{Unit::kCount, "count", "", 0},
};

// A symbol and its size in the smallest unit.
struct Step {
  std::string_view symbol;
  double size;
};
constexpr std::array kTimeSteps = {Step{"ns", 1}, Step{"µs", 1e3},
                                   Step{"ms", 1e6}, Step{"s", 1e9},
                                   Step{"h", 3600e9}};
constexpr std::array kByteSteps = {Step{"B", 1},        Step{"KiB", 0x1p10},
                                   Step{"MiB", 0x1p20}, Step{"GiB", 0x1p30},
                                   Step{"TiB", 0x1p40}, Step{"PiB", 0x1p50},
                                   Step{"EiB", 0x1p60}};

// Sample types that measure a level.
constexpr std::array<std::string_view, 5> kLevels = {
    "goroutine", "goroutines", "live", "objects", "space"};

const UnitRow& RowOf(Unit unit) {
  const auto row = std::find_if(
      kUnits.begin(), kUnits.end(),
      [unit](const UnitRow& candidate) { return candidate.unit == unit; });
  PMCP_CHECK(row != kUnits.end());
  return *row;
}

bool IsTime(Unit unit) { return RowOf(unit).nanoseconds > 0; }

// "1234567.5" with commas: "1,234,567.5".
std::string WithCommas(std::string digits) {
  const std::size_t first = digits.starts_with('-') ? 1 : 0;
  std::size_t place = std::min(digits.find('.'), digits.size());
  while (place > first + 3) {
    place -= 3;
    digits.insert(place, ",");
  }
  return digits;
}

// The number of decimals that gives a number three significant digits. It
// depends on the exponent of the rounded number.
int DecimalsOf(double value) {
  const std::string scientific = fmt::format("{:.2e}", value);
  const char* end = scientific.data() + scientific.size();
  const char* exponent_begin = std::find(scientific.data(), end, 'e');
  if (exponent_begin == end) return 0;  // infinity or NaN
  ++exponent_begin;
  if (*exponent_begin == '+') ++exponent_begin;
  int exponent = 0;
  std::from_chars(exponent_begin, end, exponent);
  return std::max(0, 2 - exponent);
}

// Smaller numbers are shown as powers of ten.
constexpr double kLeastAsDecimal = 1e-6;

std::string ThreeDigits(double value) {
  if (!std::isfinite(value)) return fmt::format("{}", value);
  if (value != 0 && std::abs(value) < kLeastAsDecimal) {
    return fmt::format("{:.2e}", value);
  }
  return WithCommas(fmt::format("{:.{}f}", value, DecimalsOf(value)));
}

double RoundedToThreeDigits(double value) {
  if (!std::isfinite(value)) return value;
  const double scale = std::pow(10, DecimalsOf(value));
  return std::round(value * scale) / scale;
}

bool IsWhole(double value) {
  return std::isfinite(value) && std::trunc(value) == value;
}

// Uses the largest step in which the rounded number is at least 1: 999,999 ns
// are 1.00 ms, not 1,000 µs.
std::string FormatSteps(double value, std::span<const Step> steps) {
  const double magnitude = std::abs(value);
  std::size_t i = 0;
  while (i + 1 < steps.size() &&
         RoundedToThreeDigits(magnitude / steps[i].size) * steps[i].size >=
             steps[i + 1].size) {
    ++i;
  }
  const double number = value / steps[i].size;
  const std::string text = i == 0 && IsWhole(number)
                               ? WithCommas(fmt::format("{:.0f}", number))
                               : ThreeDigits(number);
  return fmt::format("{} {}", text, steps[i].symbol);
}

// A smaller fraction of a core is shown in millicores.
constexpr double kFewestCores = 0.001;

std::string FormatTimeQuantity(double nanoseconds) {
  if (nanoseconds == 0) return "0 s";
  return FormatSteps(nanoseconds, kTimeSteps);
}

}  // namespace

Unit UnitOf(const ProfileType& type) {
  for (const UnitRow& row : kUnits) {
    if (type.sample_unit == row.name || type.sample_unit == row.short_name) {
      return row.unit;
    }
  }
  return Unit::kCount;
}

std::string_view Name(Unit unit) { return RowOf(unit).name; }

std::string FormatQuantity(double value, Unit unit) {
  if (IsTime(unit)) return FormatTimeQuantity(value * RowOf(unit).nanoseconds);
  if (unit == Unit::kBytes) return FormatSteps(value, kByteSteps);
  return IsWhole(value) ? WithCommas(fmt::format("{:.0f}", value))
                        : ThreeDigits(value);
}

std::string FormatQuantity(std::int64_t value, Unit unit) {
  if (unit == Unit::kCount) return WithCommas(fmt::format("{}", value));
  return FormatQuantity(static_cast<double>(value), unit);
}

std::string FormatRate(double value, const ProfileType& type,
                       std::chrono::milliseconds window) {
  if (window.count() <= 0) return "-";
  const Unit unit = UnitOf(type);
  const double rate = value / std::chrono::duration<double>(window).count();
  if (!IsTime(unit)) return FormatQuantity(rate, unit) + "/s";
  if (type.sample_type != "cpu") {
    return FormatQuantity(rate, unit) + " per second";
  }
  const double cores = rate * RowOf(unit).nanoseconds / 1e9;
  if (cores == 0) return "0 cores";
  return std::abs(cores) < kFewestCores
             ? ThreeDigits(1000 * cores) + " millicores"
             : ThreeDigits(cores) + " cores";
}

std::string FormatPercent(double part, double whole) {
  if (part == 0 || whole == 0) return "0%";
  if (part == whole) return "100%";
  const double percent = 100 * part / whole;
  if (std::abs(percent) < 0.1) return percent > 0 ? "<0.1%" : ">-0.1%";
  if (percent >= 99.95 && percent < 100) return ">99.9%";
  return fmt::format("{:.1f}%", percent);
}

bool IsGauge(const ProfileType& type) {
  return type.sample_type.starts_with("inuse_") ||
         std::find(kLevels.begin(), kLevels.end(), type.sample_type) !=
             kLevels.end();
}

}  // namespace pmcp::profile
