// FakeRouter: which read path of the fake server answers which part of a time
// range, and what each path refuses (docs/pyroscope-behavior.md, "Read paths").
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "base/time_range.h"
#include "pyroscope/wire/wire_requests.h"
#include "tests/support/fake_pyroscope.h"

namespace pmcp::test {

/// The part of a range that one path answers.
struct RoutedPart {
  TimeRange range;
  bool is_old = false;
};

/// One part, or the old path's and then the new path's. The error is the first
/// that a path returns: a range without an end, an inverted or a long one.
Result<std::vector<RoutedPart>> Route(const FakePyroscopeOptions& options,
                                      const pyroscope::WireRange& wire);

/// Whether the old path is asked, before any range is checked.
bool AsksOldPath(const FakePyroscopeOptions& options,
                 const pyroscope::WireRange& wire);

/// Whether GetProfileStats, which has no range and is routed as a question
/// about the last hour, asks both paths.
bool AsksBothForStats(const FakePyroscopeOptions& options);

}  // namespace pmcp::test
