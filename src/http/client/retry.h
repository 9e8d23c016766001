// Retrying: how often, and how long to wait in between. All that the client
// asks only reads, so asking twice is safe.
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
  /// A server that wants a longer one is not asked again.
  std::chrono::milliseconds longest_pause{5000};
  /// From 0 to 1: spreads the pauses of many clients.
  std::function<double()> jitter = [] { return 0.5; };
};

/// The pause before retry `attempt` (0 is the first): what the server asked
/// for, in whole seconds, else twice as long each time, give or take a half.
/// nullopt: do not ask again.
std::optional<std::chrono::milliseconds> PauseBefore(
    int attempt, std::string_view retry_after, const RetryOptions& options);

/// Waits, unless the call ends before: then its error, at once.
Result<void> Pause(std::chrono::milliseconds length, const CallContext& call);

}  // namespace pmcp::http
