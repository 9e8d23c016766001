#include "base/stop_signal.h"

#include <fcntl.h>
#include <poll.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <thread>
#include <utility>

#include "base/check.h"

namespace pmcp {
namespace {

// Global, since a signal handler has no other way to find the pipe. A pipe,
// since only Linux has signalfd.
std::atomic<int> pipe_of_handler{-1};
/// The number of handlers that run now, on any thread. The pipe is not closed
/// before it is zero.
std::atomic<int> running_handlers{0};
static_assert(std::atomic<int>::is_always_lock_free);

void OnSignal(int /*signal*/) {
  const int saved_errno = errno;
  ++running_handlers;
  const char byte = 0;
  if (const int fd = pipe_of_handler; fd >= 0) {
    // Writing one byte into an empty pipe neither fails nor blocks.
    [[maybe_unused]] const auto written = ::write(fd, &byte, 1);
  }
  --running_handlers;
  errno = saved_errno;
}

/// Returns no descriptors if the system has none left. Signals then keep their
/// default action, and everything else works.
std::array<FileDescriptor, 2> MakePipe() {
  int ends[2] = {-1, -1};
  if (::pipe(ends) != 0) return {};
  for (const int end : ends) ::fcntl(end, F_SETFD, FD_CLOEXEC);
  return {FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

}  // namespace

StopSignal::StopSignal() {
  auto [read_end, write_end] = MakePipe();
  read_end_ = std::move(read_end);
  write_end_ = std::move(write_end);
  struct sigaction ignore {};
  ignore.sa_handler = SIG_IGN;
  ::sigaction(SIGPIPE, &ignore, &old_pipe_);
  if (write_end_.get() >= 0) Catch();
}

void StopSignal::Catch() {
  int none = -1;
  PMCP_CHECK(pipe_of_handler.compare_exchange_strong(none, write_end_.get()));

  struct sigaction action {};
  action.sa_handler = OnSignal;
  // SA_RESTART: only poll() reports the signal; other system calls continue.
  // SA_RESETHAND: a second signal has its default action, in case the process
  // hangs.
  action.sa_flags = static_cast<int>(SA_RESTART | SA_RESETHAND);
  ::sigaction(SIGTERM, &action, &old_term_);
  ::sigaction(SIGINT, &action, &old_int_);
}

StopSignal::~StopSignal() {
  ::sigaction(SIGPIPE, &old_pipe_, nullptr);
  if (write_end_.get() < 0) return;
  ::sigaction(SIGTERM, &old_term_, nullptr);
  ::sigaction(SIGINT, &old_int_, nullptr);
  pipe_of_handler = -1;
  while (running_handlers > 0) std::this_thread::yield();
}

bool StopSignal::IsRaised() const {
  pollfd one{fd(), POLLIN, 0};
  return ::poll(&one, 1, 0) > 0;
}

}  // namespace pmcp
