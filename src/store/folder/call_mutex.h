// CallMutex: a mutex whose waiting callers give up at their deadline or when
// they are cancelled. Thread-safe.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>

#include "base/call_context.h"
#include "base/result.h"

namespace pmcp::store {

// Not a std::timed_mutex: the ThreadSanitizer of g++ 12 does not support it.
class CallMutex {
 public:
  struct Release {
    void operator()(CallMutex* mutex) const { mutex->Unlock(); }
  };
  /// Holds the mutex until it is destroyed.
  using Lock = std::unique_ptr<CallMutex, Release>;

  /// kCancelled or kTimeout if the call ends while it waits.
  Result<Lock> Acquire(const CallContext& call);

 private:
  void Unlock();

  std::mutex mutex_;  // guards is_held_
  std::condition_variable released_;
  bool is_held_ = false;
};

}  // namespace pmcp::store
