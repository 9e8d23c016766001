#include "base/line_writer.h"

#include <limits.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace pmcp {
namespace {

// A pipe that poll() reports as writable accepts this many bytes without
// blocking.
constexpr std::size_t kChunkBytes = PIPE_BUF;

// How long a reader may accept no bytes once the process must stop.
constexpr int kStallAtStopMs = 500;

}  // namespace

void LineWriter::Write(std::string line) {
  line += '\n';
  const std::lock_guard lock(mutex_);
  if (!is_broken_ && !WriteAll(line)) is_broken_ = true;
}

bool LineWriter::IsBroken() const {
  if (is_broken_) return true;
  // No events are requested: poll() still reports that the reader closed it.
  pollfd one{fd_, 0, 0};
  return ::poll(&one, 1, 0) > 0;
}

bool LineWriter::WriteAll(std::string_view bytes) const {
  while (!bytes.empty()) {
    if (!WaitUntilWritable()) return false;
    const ssize_t written =
        ::write(fd_, bytes.data(), std::min(bytes.size(), kChunkBytes));
    if (written < 0 && errno != EINTR && errno != EAGAIN) return false;
    if (written > 0) bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

bool LineWriter::WaitUntilWritable() const {
  pollfd fds[] = {{fd_, POLLOUT, 0}, {stop_fd_, POLLIN, 0}};
  while (::poll(fds, 2, -1) < 0) {
    if (errno != EINTR) return false;
  }
  if (fds[0].revents != 0) return true;  // write() reports an error
  // The process must stop, and the reader accepts no bytes now.
  return ::poll(fds, 1, kStallAtStopMs) > 0;
}

}  // namespace pmcp
