// SharedSlot: a value that is computed later and shared by its readers, such as
// a sum that is kept with its terms. Thread-safe.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

namespace pmcp {

template <typename T>
class SharedSlot {
 public:
  /// Null if the slot is empty.
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
  std::shared_ptr<const T> value_;  // shared with readers
};

}  // namespace pmcp
