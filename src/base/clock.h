// Clock: the current time. An interface, so that tests control the time
// (tests/support/fake_clock.h); code outside app/ does not read the system
// clock for dates.
#pragma once

#include <chrono>

namespace pmcp {

using TimePoint = std::chrono::sys_time<std::chrono::nanoseconds>;
/// The resolution of Pyroscope's API.
using TimePointMs = std::chrono::sys_time<std::chrono::milliseconds>;

/// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual TimePoint Now() const = 0;
};

class SystemClock final : public Clock {
 public:
  TimePoint Now() const override { return std::chrono::system_clock::now(); }
};

}  // namespace pmcp
