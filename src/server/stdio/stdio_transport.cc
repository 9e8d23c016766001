#include "server/stdio/stdio_transport.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <condition_variable>
#include <cstddef>
#include <cstdlib>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "base/line_splitter.h"
#include "base/line_writer.h"
#include "base/log.h"
#include "base/text.h"
#include "server/core/reply_once.h"
#include "server/words/jsonrpc.h"

namespace pmcp::server {
namespace {

constexpr std::size_t kReadBytes = std::size_t{64} << 10;

/// Returns a duplicate of `fd` to write messages to. If `fd` is standard
/// output, redirects it to standard error, or to /dev/null without one.
FileDescriptor TakeOutput(int fd) {
  FileDescriptor saved(::fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
  if (fd == STDOUT_FILENO && ::dup2(STDERR_FILENO, STDOUT_FILENO) < 0) {
    const FileDescriptor null(::open("/dev/null", O_WRONLY | O_CLOEXEC));
    ::dup2(null.get(), STDOUT_FILENO);
  }
  return saved;
}

}  // namespace

/// The writing side of the connection: hands out replies that write one line
/// each, and counts those that are not given yet.
///
/// Thread-safe. Shared by the transport and its replies, which may outlive it.
class StdioTransport::Output {
 public:
  /// Parameters as of LineWriter.
  Output(int fd, int stop_fd) : writer_(fd, stop_fd) {}

  /// A reply for one message that was read.
  static ReplyOnce NewReply(const std::shared_ptr<Output>& self) {
    {
      const std::lock_guard lock(self->mutex_);
      ++self->pending_;
    }
    return ReplyOnce(
        {.notify = [self](std::string m) { self->writer_.Write(std::move(m)); },
         .finish =
             [self](std::optional<Reply> answer) {
               if (answer) self->writer_.Write(std::move(answer->text));
               self->CountFinished();
             }});
  }

  /// Writes a message that answers no request.
  void Write(std::string message) { writer_.Write(std::move(message)); }

  bool IsBroken() const { return writer_.IsBroken(); }

  /// Waits until every reply is given and written, at most for `time`; false
  /// if replies are still pending.
  bool WaitUntilIdle(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    return idle_.wait_for(lock, time, [this] { return pending_ == 0; });
  }

 private:
  void CountFinished() {
    const std::lock_guard lock(mutex_);
    --pending_;
    idle_.notify_all();
  }

  LineWriter writer_;
  std::mutex mutex_;
  std::condition_variable idle_;
  std::size_t pending_ = 0;
};

StdioTransport::StdioTransport(StdioOptions options)
    : options_(options), output_(TakeOutput(options.output)) {}

int StdioTransport::Run(Server& server) {
  if (output_.get() < 0) {
    log::Log(log::Level::kError, "there is no standard output to answer on");
    return EXIT_FAILURE;
  }
  const StopSignal stop;
  // Shared with the calls that run in it.
  const auto session = std::make_shared<Session>();
  const auto output = std::make_shared<Output>(output_.get(), stop.fd());
  session->SetOutbox([output](std::string m) { output->Write(std::move(m)); });

  const End end = Serve(server, session, output, stop);
  session->EndListens();
  Drain(end, *output, stop);
  session->CancelAll();
  if (!output->WaitUntilIdle(options_.stop_bound)) {
    log::Log(log::Level::kError, "a call did not stop when it was told to");
    std::_Exit(EXIT_FAILURE);
  }
  return EXIT_SUCCESS;
}

namespace {

enum class Readiness { kInput, kBrokenOutput, kStop };

Readiness WaitForInput(int input, int output, int stop) {
  // No events are requested for the output: poll() still reports that its
  // reader has closed it.
  pollfd fds[] = {{input, POLLIN, 0}, {output, 0, 0}, {stop, POLLIN, 0}};
  while (::poll(fds, 3, -1) < 0) {
    if (errno != EINTR) return Readiness::kInput;  // read() reports the error
  }
  if (fds[2].revents != 0) return Readiness::kStop;
  if (fds[1].revents != 0) return Readiness::kBrokenOutput;
  return Readiness::kInput;
}

/// Returns 0 at the end of the input and when reading fails.
std::size_t ReadSome(int fd, std::array<char, kReadBytes>& buffer) {
  while (true) {
    const ssize_t count = ::read(fd, buffer.data(), buffer.size());
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR && errno != EAGAIN) return 0;
  }
}

/// Passes every complete line to the server.
void HandleLines(LineSplitter& lines, Server& server,
                 const std::shared_ptr<Session>& session,
                 const std::function<ReplyOnce()>& new_reply) {
  while (const auto line = lines.Next()) {
    if (line->is_too_long) {
      const jsonrpc::Malformed error = jsonrpc::TooLong();
      new_reply().Send(Reply::Refusal(error.id, error.error));
    } else if (!Trim(line->text).empty()) {
      server.Handle(jsonrpc::Parse(line->text), session, new_reply());
    }
  }
}

}  // namespace

StdioTransport::End StdioTransport::Serve(
    Server& server, const std::shared_ptr<Session>& session,
    const std::shared_ptr<Output>& output, const StopSignal& stop) {
  const auto new_reply = [&output] { return Output::NewReply(output); };
  LineSplitter lines(jsonrpc::kMaxMessageBytes);
  // On the heap: touched stack pages stay resident.
  const auto buffer = std::make_unique<std::array<char, kReadBytes>>();
  while (!output->IsBroken()) {
    switch (WaitForInput(options_.input, output_.get(), stop.fd())) {
      case Readiness::kStop:
        return End::kSignal;
      case Readiness::kBrokenOutput:
        return End::kOutput;
      case Readiness::kInput:
        break;
    }
    const std::size_t count = ReadSome(options_.input, *buffer);
    lines.Append({buffer->data(), count});
    if (count == 0) lines.Finish();
    HandleLines(lines, server, session, new_reply);
    if (count == 0) return End::kInput;
  }
  return End::kOutput;
}

void StdioTransport::Drain(End end, Output& output,
                           const StopSignal& stop) const {
  // The interval at which the conditions that end the drain are checked.
  constexpr std::chrono::milliseconds kStep{20};
  const auto bound =
      end == End::kInput ? options_.drain_at_end : options_.drain_at_signal;
  const auto until = std::chrono::steady_clock::now() + bound;
  const auto is_over = [&] {
    return end == End::kOutput || output.IsBroken() ||
           (end == End::kInput && stop.IsRaised()) ||
           std::chrono::steady_clock::now() >= until;
  };
  while (!is_over() && !output.WaitUntilIdle(kStep)) {
  }
}

}  // namespace pmcp::server
