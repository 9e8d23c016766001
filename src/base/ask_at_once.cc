#include "base/ask_at_once.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <mutex>
#include <optional>
#include <stop_token>
#include <system_error>
#include <utility>
#include <vector>

namespace pmcp {
namespace {

/// The requests of one call, which its threads take in turn.
class Turns {
 public:
  Turns(std::size_t count, const CallContext& call)
      : count_(count),
        call_(call),
        forward_(call.stop(), [this] { stop_.request_stop(); }),
        request_call_(stop_.get_token(), call.deadline()) {}

  template <typename Ask>
  void Take(const Ask& ask) {
    for (std::size_t i = next_++; i < count_; i = next_++) {
      if (stop_.stop_requested()) return;
      Result<void> asked = ask(i, request_call_);
      if (!asked.ok()) {
        Fail(std::move(asked).error());
        return;
      }
      const std::size_t done = ++done_;
      if (count_ == 1) continue;
      call_.Progress(static_cast<double>(done), static_cast<double>(count_),
                     "requests");
    }
  }

  Result<void> Outcome() const {
    if (error_) return *error_;
    if (done_ < count_) return call_.Check();
    return {};
  }

 private:
  void Fail(Error error) {
    const std::lock_guard lock(mutex_);
    // Later errors are those of requests that the first one stopped.
    if (!error_) error_ = std::move(error);
    stop_.request_stop();
  }

  const std::size_t count_;
  const CallContext& call_;
  std::stop_source stop_;
  std::stop_callback<std::function<void()>> forward_;
  const CallContext request_call_;
  std::atomic<std::size_t> next_ = 0;
  std::atomic<std::size_t> done_ = 0;
  std::mutex mutex_;  // guards error_
  std::optional<Error> error_;
};

}  // namespace

Result<void> AskAtOnce(
    std::size_t count, std::size_t most, const CallContext& call,
    const std::function<Result<void>(std::size_t, const CallContext&)>& ask) {
  if (count == 1) return ask(0, call);
  Turns turns(count, call);
  {
    // Futures pass an exception of a library (out of memory) to the caller's
    // thread. Their destructors wait for the threads.
    std::vector<std::future<void>> others;
    while (others.size() + 1 < std::min(count, most)) {
      try {
        others.push_back(
            std::async(std::launch::async, [&] { turns.Take(ask); }));
      } catch (const std::system_error&) {
        break;  // no more threads: those that run take all requests
      }
    }
    turns.Take(ask);
    for (auto& other : others) other.get();
  }
  return turns.Outcome();
}

}  // namespace pmcp
