#include "tests/support/child_server.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string_view>

#include "base/check.h"
#include "base/file_descriptor.h"

namespace pmcp::test {
namespace {

/// The port in "listening on http://127.0.0.1:PORT/mcp", or 0.
int PortIn(std::string_view said) {
  constexpr std::string_view kBegin = "listening on http://127.0.0.1:";
  const auto at = said.find(kBegin);
  if (at == said.npos || said.find('\n', at) == said.npos) return 0;
  return std::atoi(std::string(said.substr(at + kBegin.size())).c_str());
}

}  // namespace

ChildServer::ChildServer(const std::vector<std::string>& command) {
  int ends[2] = {-1, -1};
  PMCP_CHECK(::pipe2(ends, O_CLOEXEC) == 0);
  const FileDescriptor said(ends[0]);
  FileDescriptor saying(ends[1]);
  std::vector<char*> argv;
  for (const auto& part : command) {
    argv.push_back(const_cast<char*>(part.data()));
  }
  argv.push_back(nullptr);
  // Not posix_spawn: a test that is killed must not leave a server behind.
  pid_ = ::fork();
  PMCP_CHECK(pid_ >= 0);
  if (pid_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    ::dup2(saying.get(), STDERR_FILENO);
    ::execv(argv[0], argv.data());
    ::_exit(127);
  }
  saying.reset();
  // Ends at the latest with the program.
  std::string text;
  char buffer[4096];
  while ((port_ = PortIn(text)) == 0) {
    const auto count = ::read(said.get(), buffer, sizeof buffer);
    PMCP_CHECK(count > 0);
    text.append(buffer, static_cast<std::size_t>(count));
  }
}

ChildServer::~ChildServer() {
  ::kill(pid_, SIGTERM);
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  PMCP_CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

}  // namespace pmcp::test
