// StdioTransport: MCP over a pair of descriptors, one message a line.
//
// Made first thing in main, before anything could print: standard output
// belongs to the protocol, and whatever else writes to it lands on standard
// error. Handles SIGTERM, SIGINT and SIGPIPE while it runs. Used by one thread.
#pragma once

#include <chrono>
#include <memory>

#include "base/file_descriptor.h"
#include "base/stop_signal.h"
#include "server/core/server.h"
#include "server/core/session.h"
#include "server/stdio/stdio_output.h"

namespace pmcp::server {

struct StdioOptions {
  int input = 0;
  /// Duplicated. Standard output itself is pointed at standard error.
  int output = 1;

  /// How long calls may go on once no more messages come: after the end of the
  /// input, so that `printf … | server` gets its answers, and after a signal.
  std::chrono::milliseconds drain_at_end{5000};
  std::chrono::milliseconds drain_at_signal{1000};
  /// How long they may take to stop when they are told to.
  std::chrono::milliseconds stop_bound{1000};
};

class StdioTransport {
 public:
  explicit StdioTransport(StdioOptions options = {});

  /// Serves until the input ends, the output breaks, or a signal comes; the
  /// exit code. Calls that ignore being told to stop cannot be waited for nor
  /// be left running in objects that end: then it ends the process, code 1.
  int Run(Server& server);

 private:
  enum class End { kInput, kOutput, kSignal };
  End Serve(Server& server, const std::shared_ptr<Session>& session,
            const std::shared_ptr<StdioOutput>& output, const StopSignal& stop);
  void Drain(End end, StdioOutput& output, const StopSignal& stop) const;

  const StdioOptions options_;
  const FileDescriptor output_;
};

}  // namespace pmcp::server
