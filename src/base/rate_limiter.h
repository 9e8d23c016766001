// RateLimiter: limits the rate of requests of each caller with a token bucket,
// so that one caller cannot use up the server.
//
// Thread-safe. Memory is bounded: callers with a full bucket are forgotten.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace pmcp {

class RateLimiter {
 public:
  static constexpr std::size_t kMaxCallers = 10'000;

  struct Options {
    double per_second = 50;  // 0: no limit
    double burst = 100;
  };
  using Clock = std::chrono::steady_clock;

  RateLimiter(Options options, std::function<Clock::time_point()> now)
      : options_(options), now_(std::move(now)) {}

  /// Takes one token. Returns zero, or the time until the next token.
  std::chrono::milliseconds Take(std::string_view caller);

 private:
  struct Bucket {
    double tokens;
    Clock::time_point filled;
  };

  double Refilled(const Bucket& bucket, Clock::time_point now) const;
  void ForgetFull(Clock::time_point now);

  const Options options_;
  const std::function<Clock::time_point()> now_;
  std::mutex mutex_;
  std::map<std::string, Bucket, std::less<>> buckets_;
};

}  // namespace pmcp
