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

// The one state outside an object: a signal handler is handed nothing else to
// find the pipe by. A pipe and not a signalfd, which only Linux has.
std::atomic<int> pipe_of_handler{-1};
/// Handlers that run now, on whichever threads the system chose: the pipe is
/// not closed under their hands.
std::atomic<int> running_handlers{0};
static_assert(std::atomic<int>::is_always_lock_free);

void OnSignal(int /*signal*/) {
  const int saved_errno = errno;
  ++running_handlers;
  const char byte = 0;
  if (const int fd = pipe_of_handler; fd >= 0) {
    // One byte into an empty pipe: it cannot fail, nor block.
    [[maybe_unused]] const auto written = ::write(fd, &byte, 1);
  }
  --running_handlers;
  errno = saved_errno;
}

/// No descriptors when the system has none left: then signals do what they
/// always do, and everything else still works.
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
  // RESTART: only who polls learns of the signal, no other call is disturbed.
  // RESETHAND: the second signal does what signals do, for when we hang.
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
