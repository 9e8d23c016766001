// PostReply: the reply to one posted message. The response is a body, unless a
// notification precedes the answer: then it is a stream.
//
// Thread-safe: the worker fills it, and the connection's thread waits for it.
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
  /// Makes the stream when the first notification arrives. The function is
  /// empty if the client accepts no streams, and returns null if there are too
  /// many streams. In both cases notifications are dropped, and the response is
  /// a body.
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
