#include "tests/support/child_peer.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string_view>
#include <utility>

#include "base/check.h"

namespace pmcp::test {
namespace {

// Never waited for when a test passes.
constexpr int kPatienceMs = 20'000;

struct Pipe {
  Pipe() {
    int ends[2] = {-1, -1};
    PMCP_CHECK(::pipe2(ends, O_CLOEXEC) == 0);
    read_end = FileDescriptor(ends[0]);
    write_end = FileDescriptor(ends[1]);
  }
  FileDescriptor read_end;
  FileDescriptor write_end;
};

pid_t Spawn(const std::vector<std::string>& command, int input, int output) {
  std::vector<char*> argv;
  for (const auto& part : command)
    argv.push_back(const_cast<char*>(part.data()));
  argv.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  pid_t pid = -1;
  const int error =
      ::posix_spawn(&pid, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  PMCP_CHECK(error == 0);
  return pid;
}

}  // namespace

ChildPeer::ChildPeer(const std::vector<std::string>& command) {
  Pipe input;
  Pipe output;
  pid_ = Spawn(command, input.read_end.get(), output.write_end.get());
  to_child_ = std::move(input.write_end);
  from_child_ = std::move(output.read_end);
  ::signal(SIGPIPE, SIG_IGN);  // a child that ends early fails the test, not us
}

ChildPeer::~ChildPeer() {
  if (pid_ < 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

void ChildPeer::Send(const std::string& message) {
  const std::string line = message + "\n";
  std::string_view rest = line;
  while (!rest.empty()) {
    const ssize_t written = ::write(to_child_.get(), rest.data(), rest.size());
    if (written <= 0) return;  // the missing answer tells
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
}

std::optional<std::string> ChildPeer::Receive() {
  std::size_t end = 0;
  while ((end = buffer_.find('\n')) == std::string::npos) {
    if (!ReadMore()) return std::nullopt;
  }
  std::string line = buffer_.substr(0, end);
  buffer_.erase(0, end + 1);
  return line;
}

bool ChildPeer::ReadMore() {
  pollfd one{from_child_.get(), POLLIN, 0};
  if (::poll(&one, 1, kPatienceMs) <= 0) return false;
  char chunk[4096];
  const ssize_t count = ::read(from_child_.get(), chunk, sizeof chunk);
  if (count <= 0) return false;
  buffer_.append(chunk, static_cast<std::size_t>(count));
  return true;
}

void ChildPeer::CloseInput() { to_child_.reset(); }

std::string ChildPeer::HowItEnded() {
  if (!buffer_.empty()) return "its last line has no newline: " + buffer_;
  int status = 0;
  ::waitpid(std::exchange(pid_, -1), &status, 0);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return "";
  return WIFEXITED(status)
             ? fmt::format("exit code {}", WEXITSTATUS(status))
             : fmt::format("ended by signal {}", WTERMSIG(status));
}

}  // namespace pmcp::test
