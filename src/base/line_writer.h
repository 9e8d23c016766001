// LineWriter: writes whole lines to a file descriptor, one after another.
//
// Thread-safe. Waits for a slow reader, but for a short time only once the
// process must stop: a client that does not read must not keep it alive.
#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <string_view>

namespace pmcp {

class LineWriter {
 public:
  /// `stop_fd` becomes readable when the process must stop. The writer owns
  /// neither descriptor.
  LineWriter(int fd, int stop_fd) : fd_(fd), stop_fd_(stop_fd) {}

  /// `line` contains no newline. Dropped silently once IsBroken().
  void Write(std::string line);

  /// Whether writing has failed, for example since the reader closed its end.
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
