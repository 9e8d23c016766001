#include "server/stdio/stdio_transport.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <functional>
#include <utility>

#include "base/line_splitter.h"
#include "base/log.h"
#include "base/text.h"
#include "server/core/reply_once.h"
#include "server/words/jsonrpc.h"

namespace pmcp::server {
namespace {

constexpr std::size_t kReadBytes = std::size_t{64} << 10;

/// The descriptor to write messages to; standard output is out of the way of
/// everybody else then.
FileDescriptor TakeOutput(int fd) {
  FileDescriptor saved(::fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
  if (fd == STDOUT_FILENO && ::dup2(STDERR_FILENO, STDOUT_FILENO) < 0) {
    const FileDescriptor null(::open("/dev/null", O_WRONLY | O_CLOEXEC));
    ::dup2(null.get(), STDOUT_FILENO);
  }
  return saved;
}

}  // namespace

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
  const auto output = std::make_shared<StdioOutput>(output_.get(), stop.fd());
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
  // Nothing is asked of the output: poll() tells of a reader that has gone.
  pollfd fds[] = {{input, POLLIN, 0}, {output, 0, 0}, {stop, POLLIN, 0}};
  while (::poll(fds, 3, -1) < 0) {
    if (errno != EINTR) return Readiness::kInput;  // read() says what it is
  }
  if (fds[2].revents != 0) return Readiness::kStop;
  if (fds[1].revents != 0) return Readiness::kBrokenOutput;
  return Readiness::kInput;
}

/// 0 at the end of the input, which a broken input is, too.
std::size_t ReadSome(int fd, std::array<char, kReadBytes>& buffer) {
  while (true) {
    const ssize_t count = ::read(fd, buffer.data(), buffer.size());
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR && errno != EAGAIN) return 0;
  }
}

/// Hands on every line that is complete.
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
    const std::shared_ptr<StdioOutput>& output, const StopSignal& stop) {
  const auto new_reply = [&output] { return StdioOutput::NewReply(output); };
  LineSplitter lines(jsonrpc::kMaxMessageBytes);
  // On the heap: a stack page that is touched once is never given back.
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

void StdioTransport::Drain(End end, StdioOutput& output,
                           const StopSignal& stop) const {
  // Between two looks at what may cut the waiting short.
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
