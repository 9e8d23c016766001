// RequestState: seals what a method wants to remember between two calls, and
// opens it again. The client carries it, so it is taken from nobody: only what
// this process sealed, for the same method and the same arguments, and not too
// long ago, opens.
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
  /// Long enough for a person who is asked something.
  static constexpr std::chrono::minutes kLifetime{10};
  static constexpr std::size_t kMaxBytes = 16 << 10;

  /// `now` tells the time; tests move it.
  explicit RequestState(
      std::function<TimePoint()> now = &std::chrono::steady_clock::now)
      : now_(std::move(now)) {}

  /// `purpose` is what the state is bound to: any text, the same when opened.
  Result<std::string> Seal(std::string_view state,
                           std::string_view purpose) const;
  /// kInvalidArgument for whatever was not sealed here, or is too old.
  Result<std::string> Open(std::string_view sealed,
                           std::string_view purpose) const;

 private:
  Result<std::string> Mac(std::string_view payload,
                          std::string_view purpose) const;

  const std::function<TimePoint()> now_;
  mutable std::once_flag once_;
  /// Made at the first use. Of this process alone: another one does not open
  /// what this one sealed.
  mutable std::optional<Result<std::string>> key_;
};

}  // namespace pmcp::server
