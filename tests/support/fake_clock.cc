#include "tests/support/fake_clock.h"

#include "base/check.h"
#include "base/time_range.h"

namespace pmcp::test {

TimePointMs At(const char* rfc3339) {
  const auto time = ParseTime("test", rfc3339, SystemClock());
  PMCP_CHECK(time.ok());
  return *time;
}

}  // namespace pmcp::test
