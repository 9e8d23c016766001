// CallMutex: a mutex for which a call waits no longer than its deadline, and
// not at all once it is cancelled. Thread-safe.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>

#include "base/call_context.h"
#include "base/result.h"

namespace pmcp::store {

// Not a std::timed_mutex, whose waiting g++ 12's ThreadSanitizer does not see.
class CallMutex {
 public:
  struct Release {
    void operator()(CallMutex* mutex) const { mutex->Unlock(); }
  };
  /// Held until it is destroyed.
  using Lock = std::unique_ptr<CallMutex, Release>;

  /// kCancelled or kTimeout when the call ends while it waits.
  Result<Lock> Acquire(const CallContext& call);

 private:
  void Unlock();

  std::mutex mutex_;  // guards is_held_
  std::condition_variable released_;
  bool is_held_ = false;
};

}  // namespace pmcp::store
