// TimeRange: the time window of a query, and the parser of its text forms
// ("now-1h", "7d", RFC 3339, Unix seconds or milliseconds).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace pmcp {

/// Includes both ends, in milliseconds. ParseTimeRange guarantees from <= to.
struct TimeRange {
  TimePointMs from;
  TimePointMs to;

  std::chrono::milliseconds length() const { return to - from; }
  friend bool operator==(const TimeRange&, const TimeRange&) = default;
};

/// Parses "now", "now-1h30m", "-15m", "7d" (7 days ago), RFC 3339
/// ("2026-07-28T10:00:00Z", offsets and fractions allowed, a date alone is
/// midnight UTC), Unix seconds (10 digits) or milliseconds (13 digits).
/// `argument` is the name of the argument in the error ("from").
Result<TimePointMs> ParseTime(std::string_view argument, std::string_view text,
                              const Clock& clock);

/// Parses a positive duration: "1h30m", "90s", "250ms", "7d", "2w".
std::optional<std::chrono::milliseconds> ParseDuration(std::string_view text);

/// Parses the window between two texts. If both are empty, it is `fallback`,
/// the default window of the source. Without `to` it ends now; without `from`
/// it begins `fallback.length()` before its end.
Result<TimeRange> ParseTimeRange(std::string_view from, std::string_view to,
                                 const TimeRange& fallback, const Clock& clock);

/// "2026-07-28T10:00:00Z", with ".123" when there are milliseconds.
std::string FormatTime(TimePointMs time);

/// Converts to nanoseconds; saturates at the limits of 64 bits.
std::int64_t ToNanos(std::chrono::milliseconds time);

/// Converts to milliseconds, rounded down, as Pyroscope does.
TimePointMs FloorToMs(TimePoint time);

}  // namespace pmcp
