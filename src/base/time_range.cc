#include "base/time_range.h"

#include <fmt/core.h>

#include <array>
#include <cstdint>
#include <ctime>
#include <limits>

#include "base/text.h"

namespace pmcp {
namespace {

using std::chrono::milliseconds;

constexpr std::int64_t kMsPerSecond = 1000;
constexpr std::int64_t kMsPerDay = 24 * 3600 * kMsPerSecond;
// Ten digits are seconds (until the year 2286), thirteen are milliseconds.
constexpr std::int64_t kFirstMillisecondStamp = 100'000'000'000;
// 64 bits of nanoseconds hold times until 2262.
constexpr std::int64_t kMaxTimeMs = 9'223'372'036'000;

struct DurationUnit {
  std::string_view suffix;
  std::int64_t ms;
};
// "ms" before "m": the first matching suffix is used.
constexpr std::array kDurationUnits = {
    DurationUnit{"ms", 1},
    DurationUnit{"s", kMsPerSecond},
    DurationUnit{"m", 60 * kMsPerSecond},
    DurationUnit{"h", 3600 * kMsPerSecond},
    DurationUnit{"d", kMsPerDay},
    DurationUnit{"w", 7 * kMsPerDay},
};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

/// Removes the digits at the front of `text` and returns their value.
std::optional<std::int64_t> TakeNumber(std::string_view& text) {
  std::size_t digits = 0;
  while (digits < text.size() && IsDigit(text[digits])) ++digits;
  auto number = ParseInt64(text.substr(0, digits));
  text.remove_prefix(digits);
  return number;
}

/// Takes a fraction such as ".5" as a numerator over the power of ten that
/// `scale` becomes; 0 over 1 where there is none. Nullopt without digits.
/// Digits after the ninth are cut off.
std::optional<std::int64_t> TakeDecimals(std::string_view& text,
                                         std::int64_t& scale) {
  constexpr std::int64_t kMaxScale = 1'000'000'000;
  scale = 1;
  if (!text.starts_with('.')) return 0;
  text.remove_prefix(1);
  if (text.empty() || !IsDigit(text[0])) return std::nullopt;
  std::int64_t value = 0;
  for (; !text.empty() && IsDigit(text[0]); text.remove_prefix(1)) {
    if (scale == kMaxScale) continue;
    value = value * 10 + (text[0] - '0');
    scale *= 10;
  }
  return value;
}

/// Takes exactly `digits` digits and, when it is not 0, the `separator`.
std::optional<int> TakeField(std::string_view& text, std::size_t digits,
                             char separator) {
  const std::size_t length = digits + (separator != 0 ? 1 : 0);
  if (text.size() < length) return std::nullopt;
  int value = 0;
  for (char c : text.substr(0, digits)) {
    if (!IsDigit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  if (separator != 0 && text[digits] != separator) return std::nullopt;
  text.remove_prefix(length);
  return value;
}

/// Parses ".123456" as milliseconds and ignores further digits.
std::optional<milliseconds> TakeFraction(std::string_view& text) {
  if (text.empty() || text[0] != '.') return milliseconds(0);
  text.remove_prefix(1);
  if (text.empty() || !IsDigit(text[0])) return std::nullopt;
  int value = 0;
  int scale = 100;
  for (; !text.empty() && IsDigit(text[0]); text.remove_prefix(1)) {
    value += (text[0] - '0') * scale;
    scale /= 10;
  }
  return milliseconds(value);
}

/// Parses "Z", "+02:00", "-0530" or nothing (UTC) as an offset to subtract.
std::optional<std::chrono::minutes> TakeOffset(std::string_view& text) {
  if (text.empty()) return std::chrono::minutes(0);
  const char sign = text[0];
  text.remove_prefix(1);
  if (sign == 'Z' || sign == 'z') return std::chrono::minutes(0);
  if (sign != '+' && sign != '-') return std::nullopt;
  const bool colon = text.size() == 5;
  const auto hours = TakeField(text, 2, colon ? ':' : '\0');
  const auto minutes = hours ? TakeField(text, 2, '\0') : std::nullopt;
  if (!minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  const std::chrono::minutes offset(*hours * 60 + *minutes);
  return sign == '-' ? -offset : offset;
}

std::optional<milliseconds> TakeTimeOfDay(std::string_view& text) {
  const auto hour = TakeField(text, 2, ':');
  const auto minute = hour ? TakeField(text, 2, ':') : std::nullopt;
  const auto second = minute ? TakeField(text, 2, '\0') : std::nullopt;
  const auto fraction = second ? TakeFraction(text) : std::nullopt;
  if (!fraction || *hour > 23 || *minute > 59 || *second > 60) {
    return std::nullopt;
  }
  return std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
         std::chrono::seconds(*second) + *fraction;
}

std::optional<TimePointMs> ParseRfc3339(std::string_view text) {
  const auto year = TakeField(text, 4, '-');
  const auto month = year ? TakeField(text, 2, '-') : std::nullopt;
  const auto day = month ? TakeField(text, 2, '\0') : std::nullopt;
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date{
      std::chrono::year(*year),
      std::chrono::month(static_cast<unsigned>(*month)),
      std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  const TimePointMs midnight = std::chrono::sys_days(date);
  if (text.empty()) return midnight;
  if (text[0] != 'T' && text[0] != 't' && text[0] != ' ') return std::nullopt;
  text.remove_prefix(1);
  const auto time_of_day = TakeTimeOfDay(text);
  const auto offset = time_of_day ? TakeOffset(text) : std::nullopt;
  if (!offset || !text.empty()) return std::nullopt;
  return midnight + *time_of_day - *offset;
}

/// Parses a time relative to the clock: "now", "now-1h", "now+5m", "-1h", "1h".
std::optional<TimePointMs> ParseRelative(std::string_view text,
                                         TimePointMs now) {
  if (text.starts_with("now")) {
    text.remove_prefix(3);
    if (text.empty()) return now;
    if (text[0] != '-' && text[0] != '+') return std::nullopt;
  }
  const bool later = text.starts_with('+');
  if (later || text.starts_with('-')) text.remove_prefix(1);
  const auto length = ParseDuration(text);
  if (!length) return std::nullopt;
  return later ? now + *length : now - *length;
}

std::optional<TimePointMs> ParseUnix(std::string_view text) {
  const auto number = ParseInt64(text);
  if (!number || *number < 0) return std::nullopt;
  const bool is_ms = *number >= kFirstMillisecondStamp;
  if (is_ms && *number > kMaxTimeMs) return std::nullopt;
  return TimePointMs(milliseconds(is_ms ? *number : *number * kMsPerSecond));
}

}  // namespace

std::optional<milliseconds> ParseDuration(std::string_view text) {
  if (text.empty()) return std::nullopt;
  std::int64_t total_ms = 0;
  while (!text.empty()) {
    const auto number = TakeNumber(text);
    std::int64_t scale = 1;
    const auto decimals = number ? TakeDecimals(text, scale) : std::nullopt;
    if (!decimals) return std::nullopt;
    const DurationUnit* unit = nullptr;
    for (const auto& candidate : kDurationUnits) {
      if (!text.starts_with(candidate.suffix)) continue;
      unit = &candidate;
      break;
    }
    if (unit == nullptr || *number > (kMaxTimeMs - total_ms) / unit->ms) {
      return std::nullopt;
    }
    text.remove_prefix(unit->suffix.size());
    // At most 10^9 times a week in milliseconds, which fits into 64 bits.
    total_ms += *number * unit->ms + *decimals * unit->ms / scale;
  }
  if (total_ms == 0) return std::nullopt;
  return milliseconds(total_ms);
}

Result<TimePointMs> ParseTime(std::string_view argument, std::string_view text,
                              const Clock& clock) {
  const std::string_view trimmed = Trim(text);
  const TimePointMs now = FloorToMs(clock.Now());
  std::optional<TimePointMs> time = ParseUnix(trimmed);
  if (!time) time = ParseRelative(trimmed, now);
  if (!time) time = ParseRfc3339(trimmed);
  if (time && time->time_since_epoch().count() >= 0 &&
      time->time_since_epoch().count() <= kMaxTimeMs) {
    return *time;
  }
  return InvalidArgument(
      fmt::format("{} is not a time: \"{}\"", argument, Shorten(trimmed, 64)),
      "Give a time such as now-1h, 7d, 2026-07-28T10:00:00Z, Unix seconds or "
      "Unix milliseconds.");
}

Result<TimeRange> ParseTimeRange(std::string_view from, std::string_view to,
                                 const TimeRange& fallback,
                                 const Clock& clock) {
  TimeRange range = fallback;
  const bool has_from = !Trim(from).empty();
  const bool has_to = !Trim(to).empty();
  if (has_from) {
    PMCP_TRY(time, ParseTime("from", from, clock));
    range.from = time;
    range.to = FloorToMs(clock.Now());
  }
  if (has_to) {
    PMCP_TRY(time, ParseTime("to", to, clock));
    range.to = time;
    if (!has_from) range.from = time - fallback.length();
  }
  if (range.from > range.to) {
    return InvalidArgument(
        fmt::format("from ({}) is after to ({})", FormatTime(range.from),
                    FormatTime(range.to)),
        "Swap them, or leave one out.");
  }
  return range;
}

std::string FormatTime(TimePointMs time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  const auto ms = (time - seconds).count();
  const std::time_t stamp = seconds.time_since_epoch().count();
  std::tm parts{};
  gmtime_r(&stamp, &parts);
  std::string text =
      fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", parts.tm_year + 1900,
                  parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min,
                  parts.tm_sec);
  if (ms != 0) text += fmt::format(".{:03}", ms);
  return text + "Z";
}

std::int64_t ToNanos(std::chrono::milliseconds time) {
  using Limits = std::numeric_limits<std::int64_t>;
  constexpr std::int64_t kNanosPerMs = 1'000'000;
  std::int64_t nanos = 0;
  if (__builtin_mul_overflow(time.count(), kNanosPerMs, &nanos)) {
    return time.count() < 0 ? Limits::min() : Limits::max();
  }
  return nanos;
}

TimePointMs FloorToMs(TimePoint time) {
  return std::chrono::floor<milliseconds>(time);
}

}  // namespace pmcp
