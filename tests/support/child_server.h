// ChildServer: a program that serves HTTP as a child process, on a free port
// of this machine, for as long as this lives.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace pmcp::test {

class ChildServer {
 public:
  /// `command` is a program and its arguments; returns when it has said on
  /// stderr where it listens. What it says later goes nowhere.
  explicit ChildServer(const std::vector<std::string>& command);
  /// Ends it by SIGTERM, and waits for that.
  ~ChildServer();
  ChildServer(const ChildServer&) = delete;
  ChildServer& operator=(const ChildServer&) = delete;

  int port() const { return port_; }

 private:
  pid_t pid_ = -1;
  int port_ = 0;
};

}  // namespace pmcp::test
