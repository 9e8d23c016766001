// ProgressReporter: sends the progress of a tool as notifications to the
// client, at a limited rate.
//
// Sends nothing for short calls; then at most one notification in each
// interval, each with a higher value than the last. Thread-safe.
#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <string_view>

#include "server/core/reply_once.h"
#include "server/words/request_id.h"

namespace pmcp::server {

class ProgressReporter {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  struct Options {
    std::chrono::milliseconds quiet{500};     // from start to first one
    std::chrono::milliseconds interval{250};  // between two notifications
  };

  /// `now` returns the time; tests control it.
  ProgressReporter(RequestId token, ReplyOnce reply, Options options,
                   std::function<TimePoint()> now);

  void Report(double done, double total, std::string_view message);

 private:
  bool IsDue(double done, TimePoint now) const;

  const RequestId token_;
  const ReplyOnce reply_;
  const Options options_;
  const std::function<TimePoint()> now_;

  std::mutex mutex_;
  TimePoint next_;         // the earliest time of the next notification
  double last_done_ = -1;  // of the last one sent; progress starts at 0
};

}  // namespace pmcp::server
