#include "base/call_context.h"

#include <utility>

namespace pmcp {

CallContext::CallContext(std::stop_token stop, Deadline deadline,
                         ProgressSink progress)
    : stop_(std::move(stop)),
      deadline_(deadline),
      progress_(std::move(progress)) {}

Result<void> CallContext::Check() const {
  if (stop_.stop_requested()) return Cancelled();
  if (deadline_ != Deadline::max() &&
      std::chrono::steady_clock::now() >= deadline_) {
    return Error{ErrorKind::kTimeout, "the call exceeded its time limit",
                 "Ask for a shorter range or a narrower selector."};
  }
  return {};
}

}  // namespace pmcp
