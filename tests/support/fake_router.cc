#include "tests/support/fake_router.h"

#include <fmt/core.h>

#include <chrono>

namespace pmcp::test {
namespace {

using pyroscope::WireRange;
using std::chrono::milliseconds;

TimeRange TimesOf(const WireRange& wire) {
  return {TimePointMs(milliseconds(wire.start)),
          TimePointMs(milliseconds(wire.end))};
}

/// As the router: a range that begins at the split becomes an inverted range
/// for the old path.
std::vector<RoutedPart> PartsOf(const FakePyroscopeOptions& options,
                                const TimeRange& range) {
  const auto& since = options.new_since;
  if (options.mode != ServerMode::kDual || !since) {
    return {{range, options.mode == ServerMode::kV1}};
  }
  if (*since > range.to) return {{range, true}};
  if (*since < range.from) return {{range, false}};
  return {{{range.from, *since - milliseconds(1)}, true},
          {{*since, range.to}, false}};
}

Result<void> Check(const FakePyroscopeOptions& options,
                   const TimeRange& range) {
  if (range.from > range.to) {
    return InvalidArgument("query start time is after end time");
  }
  const auto most = options.max_query_length;
  if (most.count() != 0 && range.length() > most) {
    return InvalidArgument(fmt::format(
        "the query time range exceeds the limit (max_query_length, actual: "
        "{}ms, limit: {}ms)",
        range.length().count(), most.count()));
  }
  return {};
}

}  // namespace

Result<std::vector<RoutedPart>> Route(const FakePyroscopeOptions& options,
                                      const WireRange& wire) {
  if (wire.start == 0 || wire.end == 0) {
    return InvalidArgument("missing time range in the query");
  }
  auto parts = PartsOf(options, TimesOf(wire));
  for (const RoutedPart& part : parts) {
    PMCP_TRY_VOID(Check(options, part.range));
  }
  return parts;
}

bool AsksOldPath(const FakePyroscopeOptions& options, const WireRange& wire) {
  return PartsOf(options, TimesOf(wire)).front().is_old;
}

bool AsksBothForStats(const FakePyroscopeOptions& options) {
  if (options.mode != ServerMode::kDual || !options.new_since ||
      options.clock == nullptr) {
    return false;
  }
  const TimePointMs now = FloorToMs(options.clock->Now());
  return *options.new_since >= now - std::chrono::hours(1) &&
         *options.new_since <= now;
}

}  // namespace pmcp::test
