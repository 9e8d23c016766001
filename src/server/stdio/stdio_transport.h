// StdioTransport: MCP over a pair of file descriptors, one message per line.
//
// Construct it first in main, before anything can print: standard output
// carries protocol messages only, and other writes to it go to standard error.
// Handles SIGTERM, SIGINT and SIGPIPE while it runs. Used by one thread.
#pragma once

#include <chrono>
#include <memory>

#include "base/file_descriptor.h"
#include "base/stop_signal.h"
#include "server/core/server.h"
#include "server/core/session.h"

namespace pmcp::server {

struct StdioOptions {
  int input = 0;
  /// Duplicated. If it is standard output, that descriptor is redirected to
  /// standard error.
  int output = 1;

  /// How long calls may run after the last message: after the end of the input,
  /// so that `printf … | server` gets its answers, and after a signal.
  std::chrono::milliseconds drain_at_end{5000};
  std::chrono::milliseconds drain_at_signal{1000};
  /// How long calls may take to stop after they were cancelled.
  std::chrono::milliseconds stop_bound{1000};
};

class StdioTransport {
 public:
  explicit StdioTransport(StdioOptions options = {});

  /// Serves until the input ends, the output breaks, or a signal arrives.
  /// Returns the exit code. If a call ignores its cancellation for
  /// `stop_bound`, the process ends with code 1, because the call uses objects
  /// that are about to be destroyed.
  int Run(Server& server);

 private:
  enum class End { kInput, kOutput, kSignal };
  class Output;

  End Serve(Server& server, const std::shared_ptr<Session>& session,
            const std::shared_ptr<Output>& output, const StopSignal& stop);
  void Drain(End end, Output& output, const StopSignal& stop) const;

  const StdioOptions options_;
  const FileDescriptor output_;
};

}  // namespace pmcp::server
