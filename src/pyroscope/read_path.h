// ReadPath: knows which read path of a server, v1 or v2, answers for which
// time, from requests that the server refuses before it reads any data.
//
// A server in its default mode reads with the v1 path what is older than the
// split, and with the v2 path the rest. The v1 path silently ignores call sites
// and profile ids and refuses heatmaps, exemplars and trace ids. A server that
// does not report its version may be too old for a request.
//
// What is found is kept for a minute, as long as the server itself keeps the
// split: it moves when older profiles arrive or old ones expire. Thread-safe.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <mutex>
#include <optional>
#include <span>

#include "base/call_context.h"
#include "base/result.h"
#include "base/time_range.h"
#include "pyroscope/connect/connect_client.h"
#include "source/query.h"

namespace pmcp::pyroscope {

/// The number of requests of one question that run at once.
inline constexpr std::size_t kAskedAtOnce = 4;

/// Which paths read a range.
struct Division {
  /// Whether the v1 path reads the beginning of the range.
  bool begins_old = false;
  /// The first instant that the v2 path reads, if both paths read the range. A
  /// range that begins exactly there is refused by the server.
  std::optional<TimePointMs> split = {};

  friend bool operator==(const Division&, const Division&) = default;
};

class ReadPath {
 public:
  using Now = std::function<std::chrono::steady_clock::time_point()>;
  /// Tests replace `now`.
  explicit ReadPath(const ConnectClient& client,
                    Now now = &std::chrono::steady_clock::now)
      : client_(client), now_(std::move(now)) {}

  static constexpr std::chrono::minutes kKeptTime{1};

  /// One small request for a range that v2 reads alone, and up to five for any
  /// other, or some fifty if both paths read it and the server does not report
  /// its oldest profile.
  Result<Division> Divide(const TimeRange& range,
                          const CallContext& call) const;
  /// The same without a request; nullopt if that is not known.
  std::optional<Division> Known(const TimeRange& range) const;

  /// The split, if it is known.
  std::optional<TimePointMs> Split() const;
  /// A refusal has shown that this is the split.
  void RememberSplit(TimePointMs split) const;

  /// Whether SelectMergeStacktraces supports span and trace ids (2.2). A server
  /// that does not support them reads one millisecond of profiles.
  Result<bool> SelectsTraces(const source::ProfileQuery& query,
                             const CallContext& call) const;

 private:
  struct Found {
    std::chrono::steady_clock::time_point at;  // of the first finding
    // In Unix milliseconds: v1 reads this time, v2 this one.
    std::int64_t old_until = std::numeric_limits<std::int64_t>::min();
    std::int64_t new_since = std::numeric_limits<std::int64_t>::max();
    std::optional<std::int64_t> split;
  };

  Result<bool> IsNewAt(std::int64_t ms, const CallContext& call) const;
  Result<bool> IsSplit(std::int64_t ms, const CallContext& call) const;
  Result<void> Probe(std::span<const std::int64_t> times,
                     const CallContext& call) const;
  Result<void> ProbeBesideOldest(const TimeRange& range,
                                 const CallContext& call) const;
  Result<std::int64_t> FindSplit(const TimeRange& range,
                                 const CallContext& call) const;
  Found Fresh() const;
  template <typename Change>
  void Remember(Change change) const;

  const ConnectClient& client_;
  const Now now_;
  mutable std::mutex mutex_;  // guards found_
  mutable Found found_;
};

}  // namespace pmcp::pyroscope
