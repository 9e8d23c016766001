// ReadPath: probes whether a server uses the v1 or the v2 read path, with
// requests that it refuses before it reads any data.
//
// The v1 read path, which a new server also uses for data from before its
// migration, silently ignores call sites and profile ids. A server that does
// not report its version may be too old for a request. Thread-safe.
#pragma once

#include <atomic>
#include <cstdint>
#include <limits>
#include <optional>

#include "base/call_context.h"
#include "base/result.h"
#include "base/time_range.h"
#include "pyroscope/connect/connect_client.h"
#include "source/query.h"

namespace pmcp::pyroscope {

class ReadPath {
 public:
  explicit ReadPath(const ConnectClient& client) : client_(client) {}

  /// Whether the v2 path reads all data from `from` on. A positive answer is
  /// cached: it stays true, also for all later times.
  Result<bool> IsNewFrom(TimePointMs from, const CallContext& call) const;

  /// The first time in `range` from which on only the v2 path is used; nullopt
  /// if one path reads the whole range (its last millisecond excepted). A
  /// binary search of about thirty small requests; three requests if the
  /// result of an earlier search still holds.
  Result<std::optional<TimePointMs>> NewWithin(const TimeRange& range,
                                               const CallContext& call) const;

  /// Whether SelectMergeStacktraces supports span and trace ids (2.2). A server
  /// that does not support them reads one millisecond of profiles.
  Result<bool> SelectsTraces(const source::ProfileQuery& query,
                             const CallContext& call) const;

 private:
  const ConnectClient& client_;
  // The earliest time known to be read by v2, in Unix milliseconds.
  mutable std::atomic<std::int64_t> new_since_{
      std::numeric_limits<std::int64_t>::max()};
};

}  // namespace pmcp::pyroscope
