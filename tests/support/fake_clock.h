// FakeClock: time that stands still until a test moves it.
#pragma once

#include <atomic>
#include <chrono>

#include "base/clock.h"

namespace pmcp::test {

/// Thread-safe.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(TimePointMs now) : now_(now) {}
  TimePoint Now() const override { return now_.load(); }
  void Advance(std::chrono::nanoseconds by) { now_ = now_.load() + by; }

 private:
  std::atomic<TimePoint> now_;
};

/// "2026-07-28T10:00:00Z" as a point in time; ends the test program when the
/// text is wrong, since it stands in the test itself.
TimePointMs At(const char* rfc3339);

}  // namespace pmcp::test
