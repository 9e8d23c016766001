// PostReply: what becomes of one message that was posted. Decides, by what
// comes first, whether it is answered by a body or by a stream: a message
// before the answer needs a stream.
//
// Thread-safe: the worker fills it, the connection's thread waits for it.
// Shared by both, so that either may end first.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "server/core/reply_once.h"
#include "server/http/sse_stream.h"

namespace pmcp::server {

class PostReply {
 public:
  /// Makes the stream for what comes before the answer, when something does.
  /// Empty when the client takes no streams, null when there are enough of them
  /// now: then it is dropped, as progress may be, and the answer is a body.
  using StreamMaker = std::function<std::shared_ptr<SseStream>()>;
  explicit PostReply(StreamMaker make_stream)
      : make_stream_(std::move(make_stream)) {}

  static ReplyOnce MakeReply(const std::shared_ptr<PostReply>& self);

  enum class Outcome { kPending, kAnswer, kNoAnswer, kStream };
  Outcome WaitFor(std::chrono::milliseconds time);

  /// After kAnswer.
  Reply TakeReply();
  /// After kStream; the answer is the last of its events.
  const std::shared_ptr<SseStream>& stream() const { return stream_; }

 private:
  void Notify(std::string message);
  void Finish(std::optional<Reply> answer);
  void CloseStream();
  void Decide(Outcome outcome);
  bool BecomeStream();

  const StreamMaker make_stream_;
  std::mutex mutex_;
  std::condition_variable changed_;
  Outcome outcome_ = Outcome::kPending;
  std::shared_ptr<SseStream> stream_;  // set once, before kStream
  Reply answer_;
};

}  // namespace pmcp::server
