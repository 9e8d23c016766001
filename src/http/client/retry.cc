#include "http/client/retry.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "base/text.h"

namespace pmcp::http {

using std::chrono::milliseconds;

std::optional<milliseconds> PauseBefore(int attempt,
                                        std::string_view retry_after,
                                        const RetryOptions& options) {
  if (attempt >= options.max_retries) return std::nullopt;
  // The header may also hold a date (RFC 9110, 10.2.3), which is ignored:
  // servers send seconds in practice.
  if (const auto seconds = ParseInt64(Trim(retry_after))) {
    if (*seconds < 0 || *seconds > options.longest_pause.count() / 1000) {
      return std::nullopt;
    }
    return std::max(milliseconds(*seconds * 1000), options.first_pause);
  }
  const milliseconds pause = options.first_pause * (1 << attempt);
  return std::chrono::duration_cast<milliseconds>(pause *
                                                  (0.5 + options.jitter()));
}

Result<void> Pause(milliseconds length, const CallContext& call) {
  const auto end = std::chrono::steady_clock::now() + length;
  if (end > call.deadline()) {
    return Error{ErrorKind::kTimeout, "no time is left for a retry", ""};
  }
  std::mutex mutex;
  std::condition_variable_any stopped;
  std::unique_lock lock(mutex);
  stopped.wait_until(lock, call.stop(), end, [] { return false; });
  return call.Check();
}

}  // namespace pmcp::http
