#include "server/http/sse_stream.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace pmcp::server {

bool SseStream::Push(std::string message) {
  const std::lock_guard lock(mutex_);
  if (is_finished_) return false;
  if (!MakeRoom(message.size())) {
    is_finished_ = true;
    changed_.notify_all();
    return false;
  }
  bytes_ += message.size();
  events_.push_back({++last_, std::move(message)});
  changed_.notify_all();
  return true;
}

bool SseStream::MakeRoom(std::size_t bytes) {
  const auto is_full = [&] {
    return events_.size() >= kMaxEvents || bytes_ + bytes > kMaxBytes;
  };
  while (keep_ == Keep::kLatest && is_full() && !events_.empty()) {
    bytes_ -= events_.front().message.size();
    events_.pop_front();
  }
  return !is_full();
}

void SseStream::Finish() {
  const std::lock_guard lock(mutex_);
  is_finished_ = true;
  changed_.notify_all();
}

void SseStream::AskToClose() {
  const std::lock_guard lock(mutex_);
  wants_close_ = true;
  changed_.notify_all();
}

SseStream::Next SseStream::WaitFor(std::uint64_t after,
                                   std::chrono::milliseconds time,
                                   Event& event) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, time, [&] {
    return last_ > after || is_finished_ || wants_close_;
  });
  const auto found =
      std::ranges::upper_bound(events_, after, {}, &Event::number);
  if (found != events_.end()) {
    event = *found;
    if (keep_ == Keep::kNothing) {
      bytes_ -= event.message.size();
      events_.erase(events_.begin(), found + 1);
    }
    return Next::kEvent;
  }
  if (is_finished_) return Next::kEnd;
  if (wants_close_) {
    wants_close_ = false;
    return Next::kClose;
  }
  return Next::kNothingYet;
}

bool SseStream::Attach() {
  // Keeps wants_close_: the call may have closed this connection already.
  const std::lock_guard lock(mutex_);
  return !std::exchange(is_attached_, true);
}

void SseStream::Detach() {
  const std::lock_guard lock(mutex_);
  is_attached_ = false;
  wants_close_ = false;
}

bool SseStream::IsFinished() const {
  const std::lock_guard lock(mutex_);
  return is_finished_;
}

std::size_t SseStream::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

std::string FormatEvent(std::string_view id, std::string_view message) {
  const std::string id_line = id.empty() ? "" : fmt::format("id: {}\n", id);
  return fmt::format("event: message\n{}data: {}\n\n", id_line, message);
}

std::string FormatEventId(std::string_view stream, std::uint64_t number) {
  return fmt::format("{}_{}", stream, number);
}

std::optional<EventId> ParseEventId(std::string_view text) {
  const auto line = text.rfind('_');
  if (line == std::string_view::npos) return std::nullopt;
  const auto number = ParseInt64(text.substr(line + 1));
  if (!number || *number < 0) return std::nullopt;
  return EventId{std::string(text.substr(0, line)),
                 static_cast<std::uint64_t>(*number)};
}

}  // namespace pmcp::server
