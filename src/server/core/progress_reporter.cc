#include "server/core/progress_reporter.h"

#include <cmath>
#include <utility>

#include "base/sanitize.h"
#include "server/core/protocol.h"

namespace pmcp::server {

ProgressReporter::ProgressReporter(RequestId token, ReplyOnce reply,
                                   Options options,
                                   std::function<TimePoint()> now)
    : token_(std::move(token)),
      reply_(std::move(reply)),
      options_(options),
      now_(std::move(now)),
      next_(now_() + options_.quiet) {}

void ProgressReporter::Report(double done, double total,
                              std::string_view message) {
  // Held while sending, so that the client receives increasing values.
  const std::lock_guard lock(mutex_);
  const TimePoint now = now_();
  if (!IsDue(done, now)) return;
  next_ = now + options_.interval;
  last_done_ = done;
  const std::string text = Sanitize(message);
  reply_.Notify(protocol::ProgressNotification({.token_json = token_.json(),
                                                .done = done,
                                                .total = total,
                                                .message = text}));
}

bool ProgressReporter::IsDue(double done, TimePoint now) const {
  return now >= next_ && std::isfinite(done) && done > last_done_;
}

}  // namespace pmcp::server
