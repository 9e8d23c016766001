// Retry policy: how often to retry a request, and how long to wait before it.
// All requests of this program only read, so repeating one is safe.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string_view>

#include "base/call_context.h"
#include "base/result.h"

namespace pmcp::http {

struct RetryOptions {
  int max_retries = 2;
  std::chrono::milliseconds first_pause{100};
  /// A request is not retried if the server asks for a longer pause.
  std::chrono::milliseconds longest_pause{5000};
  /// A random number from 0 to 1, which spreads the pauses of many clients.
  std::function<double()> jitter = [] { return 0.5; };
};

/// Returns the pause before retry `attempt` (0 is the first one). It is
/// `retry_after`, the header in whole seconds, if that is a number; otherwise
/// it doubles with each retry, times 0.5 to 1.5. nullopt: do not retry.
std::optional<std::chrono::milliseconds> PauseBefore(
    int attempt, std::string_view retry_after, const RetryOptions& options);

/// Waits. If the call ends before, returns its error at once.
Result<void> Pause(std::chrono::milliseconds length, const CallContext& call);

}  // namespace pmcp::http
