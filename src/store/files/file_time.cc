#include "store/files/file_time.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace pmcp::store {
namespace {

using std::chrono::days;
using std::chrono::nanoseconds;

constexpr nanoseconds kLongest = days(7);
/// Clocks of machines differ, and a file may be written before its profile is
/// complete.
constexpr days kMostAhead{1};
constexpr std::int64_t kYear1990 = 631'152'000'000'000'000;  // in ns

/// A unit that profilers write by mistake, in nanoseconds.
struct TimeUnit {
  std::int64_t nanos;
  std::string_view name;
};
constexpr std::array kTimeUnits = {TimeUnit{1'000, "microseconds"},
                                   TimeUnit{1'000'000, "milliseconds"},
                                   TimeUnit{1'000'000'000, "seconds"}};

TimePoint ReadTime(std::int64_t time_nanos, TimePoint modified,
                   std::vector<std::string>& remarks) {
  if (time_nanos == 0) {
    remarks.push_back("has no time, so the time of the file is taken");
    return modified;
  }
  const TimePoint stated{nanoseconds(time_nanos)};
  if (time_nanos >= kYear1990) {
    if (stated - kMostAhead > modified) {
      remarks.push_back(
          "says that it was recorded more than a day after the file was "
          "written");
    }
    return stated;
  }
  for (const TimeUnit& unit : kTimeUnits) {
    std::int64_t nanos = 0;
    if (__builtin_mul_overflow(time_nanos, unit.nanos, &nanos)) break;
    const TimePoint time{nanoseconds(nanos)};
    if (nanos >= kYear1990 && time - kMostAhead <= modified) {
      remarks.push_back("states its time in " + std::string(unit.name) +
                        " in place of nanoseconds, and is read so");
      return time;
    }
  }
  remarks.push_back(
      "states a time before 1990, so the time of the file is taken");
  return modified;
}

}  // namespace

nanoseconds ClampDuration(std::int64_t duration_nanos) {
  return std::clamp(nanoseconds(duration_nanos), nanoseconds(0), kLongest);
}

FileTime ReadFileTime(const profile::Profile& profile, TimePoint modified,
                      std::vector<std::string>& remarks) {
  FileTime file{.time = ReadTime(profile.time_nanos, modified, remarks),
                .duration = ClampDuration(profile.duration_nanos)};
  if (profile.duration_nanos < 0) {
    remarks.push_back("states a negative duration, which is taken for none");
  } else if (nanoseconds(profile.duration_nanos) > kLongest) {
    remarks.push_back("states a duration of more than 7 days; 7 are taken");
  }
  return file;
}

}  // namespace pmcp::store
