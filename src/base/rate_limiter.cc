#include "base/rate_limiter.h"

#include <algorithm>
#include <cmath>

namespace pmcp {

double RateLimiter::Refilled(const Bucket& bucket,
                             Clock::time_point now) const {
  const std::chrono::duration<double> passed = now - bucket.filled;
  return std::min(options_.burst,
                  bucket.tokens + passed.count() * options_.per_second);
}

std::chrono::milliseconds RateLimiter::Take(std::string_view caller) {
  using std::chrono::milliseconds;
  if (options_.per_second <= 0) return milliseconds(0);
  const std::lock_guard lock(mutex_);
  const auto now = now_();
  auto found = buckets_.find(caller);
  if (found == buckets_.end()) {
    if (buckets_.size() >= kMaxCallers) ForgetFull(now);
    // If all known callers are active, new callers share one bucket.
    const std::string key =
        buckets_.size() < kMaxCallers ? std::string(caller) : "";
    found = buckets_.try_emplace(key, Bucket{options_.burst, now}).first;
  }
  Bucket& bucket = found->second;
  bucket = {Refilled(bucket, now), now};
  if (bucket.tokens >= 1) {
    bucket.tokens -= 1;
    return milliseconds(0);
  }
  const double seconds = (1 - bucket.tokens) / options_.per_second;
  return milliseconds(static_cast<long>(std::ceil(seconds * 1000)));
}

void RateLimiter::ForgetFull(Clock::time_point now) {
  std::erase_if(buckets_, [&](const auto& entry) {
    return Refilled(entry.second, now) >= options_.burst;
  });
}

}  // namespace pmcp
