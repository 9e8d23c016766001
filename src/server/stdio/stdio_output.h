// StdioOutput: the writing side of a stdio connection. Hands out replies that
// write one line each, and counts those that are still to come.
//
// Thread-safe. Shared by the transport and its replies, which may outlive it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "base/line_writer.h"
#include "server/core/reply_once.h"

namespace pmcp::server {

class StdioOutput {
 public:
  /// As of LineWriter.
  StdioOutput(int fd, int stop_fd) : writer_(fd, stop_fd) {}

  /// A reply for one message that was read.
  static ReplyOnce NewReply(const std::shared_ptr<StdioOutput>& self);

  /// A message that answers none.
  void Write(std::string message) { writer_.Write(std::move(message)); }

  bool IsBroken() const { return writer_.IsBroken(); }

  /// True when no reply is due any more, at the latest after `time`. What was
  /// answered has been written by then.
  bool WaitUntilIdle(std::chrono::milliseconds time);

 private:
  void OneLess();

  LineWriter writer_;
  std::mutex mutex_;
  std::condition_variable idle_;
  std::size_t due_ = 0;
};

}  // namespace pmcp::server
