// Parses times of any bytes. The text of a parsed time parses to the same time,
// and a window never ends before it begins. The text up to the first line break
// is `from`, the rest is `to`.
#include <fmt/core.h>

#include <string>

#include "base/text.h"
#include "base/time_range.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/support/fake_clock.h"

namespace pmcp::test {
namespace {

using std::chrono::milliseconds;

const FakeClock& Noon() {
  static const FakeClock clock(At("2026-07-28T12:00:00Z"));
  return clock;
}

void CheckTime(std::string_view text) {
  const auto time = ParseTime("from", text, Noon());
  if (!time.ok()) {
    CheckTeaches(time.error());
    PMCP_CHECK(time.error().message.starts_with("from "));
    return;
  }
  PMCP_CHECK(time->time_since_epoch() >= milliseconds(0));
  const auto again = ParseTime("from", FormatTime(*time), Noon());
  PMCP_CHECK(again.ok() && *again == *time);
}

void CheckDuration(std::string_view text) {
  const auto length = ParseDuration(text);
  if (!length) return;
  PMCP_CHECK(*length > milliseconds(0));
  PMCP_CHECK(ParseDuration(fmt::format("{}ms", length->count())) == length);
}

void CheckWindow(std::string_view from, std::string_view to) {
  const TimeRange fallback{At("2026-07-01T00:00:00Z"),
                           At("2026-07-01T02:00:00Z")};
  const auto range = ParseTimeRange(from, to, fallback, Noon());
  if (!range.ok()) {
    CheckTeaches(range.error());
    return;
  }
  PMCP_CHECK(range->from <= range->to);
  if (Trim(from).empty()) PMCP_CHECK(range->length() == fallback.length());
}

void CheckText(std::string_view text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view from = text.substr(0, end);
  const std::string_view to = text.substr(std::min(end + 1, text.size()));
  CheckTime(from);
  CheckDuration(from);
  CheckWindow(from, to);
}

}  // namespace
}  // namespace pmcp::test

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  pmcp::test::CheckText(pmcp::test::ToText(data, size));
  return 0;
}
