// CallContext: the cancellation, the deadline and the progress sink of one
// call. Every function that works for the call takes it.
//
// Cheap to copy. A callee must not keep it longer than the call runs.
// Thread-safe: the worker threads of one call share it.
#pragma once

#include <chrono>
#include <functional>
#include <stop_token>
#include <string_view>

#include "base/result.h"

namespace pmcp {

/// Receives progress: `done` of `total` things are finished; `message` names
/// them. Called from any thread. Limits its own rate.
using ProgressSink =
    std::function<void(double done, double total, std::string_view message)>;

class CallContext {
 public:
  using Steady = std::chrono::steady_clock;
  using Deadline = Steady::time_point;

  CallContext() = default;
  CallContext(std::stop_token stop, Deadline deadline,
              ProgressSink progress = {});

  /// Returns kCancelled or kTimeout if the work must end. Call it every few
  /// milliseconds of work.
  Result<void> Check() const;

  /// The start of the call. Its answer must not be older than this.
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
