#include "server/http/post_reply.h"

#include <string>
#include <utility>

namespace pmcp::server {

ReplyOnce PostReply::MakeReply(const std::shared_ptr<PostReply>& self) {
  ReplyOnce::Sink sink;
  sink.notify = [self](std::string message) {
    self->Notify(std::move(message));
  };
  sink.finish = [self](std::optional<Reply> answer) {
    self->Finish(std::move(answer));
  };
  if (self->make_stream_) {
    sink.close_stream = [self] { self->CloseStream(); };
  }
  return ReplyOnce(std::move(sink));
}

PostReply::Outcome PostReply::WaitFor(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, time,
                    [this] { return outcome_ != Outcome::kPending; });
  return outcome_;
}

Reply PostReply::TakeReply() {
  const std::lock_guard lock(mutex_);
  return std::move(answer_);
}

/// Called with the lock held.
void PostReply::Decide(Outcome outcome) {
  outcome_ = outcome;
  changed_.notify_all();
}

/// Makes the response a stream. Returns false if there can be none. Called with
/// the lock held.
bool PostReply::BecomeStream() {
  if (stream_ == nullptr && make_stream_) stream_ = make_stream_();
  if (stream_ == nullptr) return false;
  Decide(Outcome::kStream);
  return true;
}

void PostReply::Notify(std::string message) {
  const std::lock_guard lock(mutex_);
  if (BecomeStream()) stream_->Push(std::move(message));
}

void PostReply::CloseStream() {
  const std::lock_guard lock(mutex_);
  if (BecomeStream()) stream_->AskToClose();
}

void PostReply::Finish(std::optional<Reply> answer) {
  const std::lock_guard lock(mutex_);
  if (outcome_ == Outcome::kStream) {
    if (answer) stream_->Push(std::move(answer->text));
    stream_->Finish();
  } else if (answer) {
    answer_ = *std::move(answer);
    Decide(Outcome::kAnswer);
  } else {
    Decide(Outcome::kNoAnswer);
  }
}

}  // namespace pmcp::server
