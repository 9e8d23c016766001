// LineWriter: writes whole lines to a descriptor, one after another.
//
// Thread-safe. Waits for a reader that is slow, but not once the process is to
// stop: a client that reads nothing must not keep it alive.
#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <string_view>

namespace pmcp {

class LineWriter {
 public:
  /// `stop_fd` is readable when the process is to stop. Neither is owned.
  LineWriter(int fd, int stop_fd) : fd_(fd), stop_fd_(stop_fd) {}

  /// `line` has no newline in it. Lost without a word once IsBroken().
  void Write(std::string line);

  /// Nothing can be written any more, for example as the reader is gone.
  bool IsBroken() const;

 private:
  bool WriteAll(std::string_view bytes) const;
  bool WaitUntilWritable() const;

  const int fd_;
  const int stop_fd_;
  std::mutex mutex_;
  std::atomic<bool> is_broken_ = false;
};

}  // namespace pmcp
