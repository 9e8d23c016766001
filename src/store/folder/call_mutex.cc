#include "store/folder/call_mutex.h"

#include <chrono>

namespace pmcp::store {
namespace {

/// The longest time until a waiting call notices its cancellation.
constexpr std::chrono::milliseconds kPatience{20};

}  // namespace

Result<CallMutex::Lock> CallMutex::Acquire(const CallContext& call) {
  std::unique_lock lock(mutex_);
  while (!released_.wait_for(lock, kPatience, [this] { return !is_held_; })) {
    PMCP_TRY_VOID(call.Check());
  }
  is_held_ = true;
  return Lock(this);
}

void CallMutex::Unlock() {
  {
    const std::lock_guard lock(mutex_);
    is_held_ = false;
  }
  released_.notify_one();
}

}  // namespace pmcp::store
