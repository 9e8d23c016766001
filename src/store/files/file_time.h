// ReadFileTime: when a profile was recorded and for how long, with doubts about
// what cannot be. Pure.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/clock.h"
#include "profile/pprof/pprof.h"

namespace pmcp::store {

struct FileTime {
  TimePoint time;  // the start of the recording
  std::chrono::nanoseconds duration{0};
};

/// A time before 1990 is taken for one in microseconds, milliseconds or
/// seconds, if that gives a time until a day after `modified`, the time of the
/// file. Without a time, or with one that cannot be, `modified` is taken.
/// Durations are 0 to 7 days. Appends remarks about what is not as stated; they
/// follow the name of the file.
FileTime ReadFileTime(const profile::Profile& profile, TimePoint modified,
                      std::vector<std::string>& remarks);

/// The stated duration, clamped to 0 to 7 days.
std::chrono::nanoseconds ClampDuration(std::int64_t duration_nanos);

}  // namespace pmcp::store
