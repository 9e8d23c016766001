// ReadPath: what a server does not tell, found by questions that it refuses
// before it reads anything.
//
// The old read path (v1 storage, also of a new server for old times) drops
// call sites and profile ids without a word; a server that hides its version
// may be older than what it is asked. Thread-safe.
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

  /// Whether the new path reads all of a window that begins here. What it has
  /// read once it reads for ever, and all that came later.
  Result<bool> IsNewFrom(TimePointMs from, const CallContext& call) const;

  /// The first time in `range` from which on the new path reads alone; nullopt
  /// when one of them reads all of it, but for its last millisecond. Looks for
  /// it by some thirty small requests, and checks by three what it found
  /// before.
  Result<std::optional<TimePointMs>> NewWithin(const TimeRange& range,
                                               const CallContext& call) const;

  /// Whether SelectMergeStacktraces knows of spans and traces (2.2). A server
  /// that does not reads a millisecond of profiles for it.
  Result<bool> SelectsTraces(const source::ProfileQuery& query,
                             const CallContext& call) const;

 private:
  const ConnectClient& client_;
  // Unix milliseconds.
  mutable std::atomic<std::int64_t> new_since_{
      std::numeric_limits<std::int64_t>::max()};
};

}  // namespace pmcp::pyroscope
