// TimeRange: the window of a question, and the words that people and models
// use for one ("now-1h", "7d", RFC 3339, Unix seconds or milliseconds).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace pmcp {

/// Both ends included, in the API's milliseconds; from <= to always holds
/// for a range made by ParseTimeRange.
struct TimeRange {
  TimePointMs from;
  TimePointMs to;

  std::chrono::milliseconds length() const { return to - from; }
  friend bool operator==(const TimeRange&, const TimeRange&) = default;
};

/// "now", "now-1h30m", "-15m", "7d" (that long ago), RFC 3339
/// ("2026-07-28T10:00:00Z", offsets and fractions allowed, a date alone is
/// midnight UTC), Unix seconds (10 digits) or milliseconds (13 digits).
/// `argument` names the offender in the error ("from").
Result<TimePointMs> ParseTime(std::string_view argument, std::string_view text,
                              const Clock& clock);

/// "1h30m", "90s", "250ms", "7d", "2w": a positive length of time.
std::optional<std::chrono::milliseconds> ParseDuration(std::string_view text);

/// The window between two texts. Empty texts are taken from `fallback`, the
/// source's own window; a window given at one side only reaches to now, or
/// begins `fallback.length()` before its end.
Result<TimeRange> ParseTimeRange(std::string_view from, std::string_view to,
                                 const TimeRange& fallback, const Clock& clock);

/// "2026-07-28T10:00:00Z", with ".123" when there are milliseconds.
std::string FormatTime(TimePointMs time);

/// In nanoseconds; what is too long for 64 bits of them is the longest there
/// is.
std::int64_t ToNanos(std::chrono::milliseconds time);

/// The nanosecond instant as API milliseconds: rounded down, as Pyroscope does.
TimePointMs FloorToMs(TimePoint time);

}  // namespace pmcp
