#include "tests/parity/measured.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <string>

#include "base/check.h"

namespace pmcp::parity {
namespace {

struct Scale {
  std::string_view unit;
  double factor;
};
constexpr double kKi = 1024;
// Units of Go's durations, longest first, since "m" is a prefix of "ms".
constexpr Scale kDurationParts[] = {{"ns", 1},     {"µs", 1e3}, {"ms", 1e6},
                                    {"h", 3600e9}, {"m", 60e9}, {"s", 1e9}};
constexpr Scale kRecordedUnits[] = {{" B", 1},         {" KB", kKi},
                                    {" MB", kKi* kKi}, {" GB", kKi* kKi* kKi},
                                    {"%", 1},          {"", 1}};
constexpr Scale kAnswerUnits[] = {{" ns", 1},
                                  {" µs", 1e3},
                                  {" us", 1e3},
                                  {" ms", 1e6},
                                  {" s", 1e9},
                                  {" min", 60e9},
                                  {" h", 3600e9},
                                  {" B", 1},
                                  {" KiB", kKi},
                                  {" MiB", kKi* kKi},
                                  {" GiB", kKi* kKi* kKi},
                                  {"%", 1},
                                  {"", 1}};

/// The number at the start of `text`, and the rest.
std::optional<Measured> Number(std::string_view& text) {
  std::string digits;
  std::size_t at = 0;
  std::size_t decimals = 0;
  bool behind_point = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == ',') continue;
    if (c != '.' && c != '-' && (c < '0' || c > '9')) break;
    if (behind_point) ++decimals;
    if (c == '.') behind_point = true;
    digits.push_back(c);
  }
  if (digits.empty()) return std::nullopt;
  text.remove_prefix(at);
  return Measured{std::strtod(digits.c_str(), nullptr),
                  decimals == 0 ? 0 : 0.5 * std::pow(10, -double(decimals))};
}

template <std::size_t kCount>
std::optional<Measured> WithUnit(std::string_view text,
                                 const Scale (&units)[kCount]) {
  auto number = Number(text);
  if (!number) return std::nullopt;
  for (const Scale& scale : units) {
    if (text != scale.unit) continue;
    return Measured{number->value * scale.factor,
                    number->rounding * scale.factor};
  }
  return std::nullopt;
}

/// "1m24.0007808s". Not rounded.
std::optional<Measured> Duration(std::string_view text) {
  Measured sum;
  while (!text.empty()) {
    const auto number = Number(text);
    const auto scale = std::ranges::find_if(
        kDurationParts,
        [&](const Scale& part) { return text.starts_with(part.unit); });
    if (!number || scale == std::end(kDurationParts)) return std::nullopt;
    sum.value += number->value * scale->factor;
    text.remove_prefix(scale->unit.size());
  }
  return sum;
}

}  // namespace

Measured ParseRecordedValue(std::string_view cell) {
  auto value = WithUnit(cell, kRecordedUnits);
  if (!value) value = Duration(cell);
  PMCP_CHECK(value.has_value());
  return *value;
}

Measured ParseAnswerValue(std::string_view cell) {
  if (cell == "<0.1%") return {0.05, 0.05};
  if (cell == ">99.9%") return {99.95, 0.05};
  const auto value = WithUnit(cell, kAnswerUnits);
  PMCP_CHECK(value.has_value());
  // Numbers from 100 are rounded to integers.
  const bool has_unit =
      !cell.empty() && (cell.back() < '0' || cell.back() > '9');
  const bool rounds_to_whole = value->rounding == 0 && has_unit;
  if (!rounds_to_whole) return *value;
  std::string_view rest = cell;
  const double one = value->value == 0 ? 0 : value->value / Number(rest)->value;
  return {value->value, one == 1 ? 0 : one / 2};
}

bool Agree(const Measured& a, const Measured& b) {
  // Doubles that should be equal may differ in their last bits.
  const double slack = 1e-9 * std::max(std::abs(a.value), std::abs(b.value));
  return std::abs(a.value - b.value) <= a.rounding + b.rounding + slack;
}

}  // namespace pmcp::parity
