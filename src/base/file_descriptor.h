// FileDescriptor: closes what it owns. Movable, one owner at a time.
#pragma once

#include <unistd.h>

#include <utility>

namespace pmcp {

class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int fd) : fd_(fd) {}
  ~FileDescriptor() { reset(); }

  FileDescriptor(FileDescriptor&& other) noexcept
      : fd_(std::exchange(other.fd_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    if (this != &other) {
      reset();
      fd_ = std::exchange(other.fd_, -1);
    }
    return *this;
  }

  /// Negative when there is none.
  int get() const { return fd_; }

  void reset() { Close(); }
  /// False when there is none, or when what was written is not there after all:
  /// errors that a disk reports late come here.
  bool Close() { return fd_ >= 0 && ::close(std::exchange(fd_, -1)) == 0; }

 private:
  int fd_ = -1;
};

}  // namespace pmcp
