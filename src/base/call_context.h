// CallContext: what every piece of work on behalf of one call looks at: was
// it cancelled, is its time over, who wants to hear of its progress.
//
// Cheap to copy; the callee may keep it only as long as the call runs.
// Thread-safe: the workers of one call share it.
#pragma once

#include <chrono>
#include <functional>
#include <stop_token>
#include <string_view>

#include "base/result.h"

namespace pmcp {

/// Told how far work is: `done` of `total` things, with a word on what they
/// are. Called from any thread; does its own rate limiting.
using ProgressSink =
    std::function<void(double done, double total, std::string_view message)>;

class CallContext {
 public:
  using Steady = std::chrono::steady_clock;
  using Deadline = Steady::time_point;

  CallContext() = default;
  CallContext(std::stop_token stop, Deadline deadline,
              ProgressSink progress = {});

  /// kCancelled or kTimeout when the work should end. Look at it between
  /// steps of some milliseconds.
  Result<void> Check() const;

  /// When the call began: what it is told was true then or later.
  Steady::time_point begin() const { return begin_; }
  const std::stop_token& stop() const { return stop_; }
  Deadline deadline() const { return deadline_; }

  void Progress(double done, double total, std::string_view message) const {
    if (progress_) progress_(done, total, message);
  }

 private:
  Steady::time_point begin_ = Steady::now();
  std::stop_token stop_;
  Deadline deadline_ = Deadline::max();
  ProgressSink progress_;
};

}  // namespace pmcp
