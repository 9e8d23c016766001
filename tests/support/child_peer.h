// ChildPeer: talks to a server in a child process over its stdin and stdout.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "base/file_descriptor.h"
#include "tests/support/peer.h"

namespace pmcp::test {

class ChildPeer final : public Peer {
 public:
  /// `command` is a program and its arguments; its stderr is this process's.
  explicit ChildPeer(const std::vector<std::string>& command);
  /// Kills the child if it is still there.
  ~ChildPeer() override;

  void Send(const std::string& message) override;
  std::optional<std::string> Receive() override;
  void CloseInput() override;
  std::string HowItEnded() override;

 private:
  bool ReadMore();

  pid_t pid_ = -1;
  FileDescriptor to_child_;
  FileDescriptor from_child_;
  std::string buffer_;
};

}  // namespace pmcp::test
