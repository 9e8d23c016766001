// RequestState: seals the state of a method between two rounds, and opens it
// again. The state passes through the client, so it is signed: Open accepts
// only a state that this process sealed, for the same purpose, within
// kLifetime.
//
// Thread-safe.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace pmcp::server {

class RequestState {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;
  /// Long enough for a person to answer.
  static constexpr std::chrono::minutes kLifetime{10};
  static constexpr std::size_t kMaxBytes = 16 << 10;

  /// `now` returns the time; tests control it.
  explicit RequestState(
      std::function<TimePoint()> now = &std::chrono::steady_clock::now)
      : now_(std::move(now)) {}

  /// Binds the state to `purpose`, any text: Open needs the same one.
  Result<std::string> Seal(std::string_view state,
                           std::string_view purpose) const;
  /// Returns kInvalidArgument for a state that was not sealed here or has
  /// expired.
  Result<std::string> Open(std::string_view sealed,
                           std::string_view purpose) const;

 private:
  Result<std::string> Mac(std::string_view payload,
                          std::string_view purpose) const;

  const std::function<TimePoint()> now_;
  mutable std::once_flag once_;
  /// Created at the first use, for this process only: another process cannot
  /// open the states of this one.
  mutable std::optional<Result<std::string>> key_;
};

}  // namespace pmcp::server
