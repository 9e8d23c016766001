// SharedSlot: a place for a value that many may ask for and one of them makes,
// such as a sum that is kept with what it was made from. Thread-safe.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

namespace pmcp {

template <typename T>
class SharedSlot {
 public:
  /// Null while it is empty.
  std::shared_ptr<const T> Get() const {
    const std::lock_guard lock(mutex_);
    return value_;
  }
  void Set(std::shared_ptr<const T> value) {
    const std::lock_guard lock(mutex_);
    value_ = std::move(value);
  }

 private:
  mutable std::mutex mutex_;        // guards value_
  std::shared_ptr<const T> value_;  // shared with those who asked for it
};

}  // namespace pmcp
