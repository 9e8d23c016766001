#include "server/http/http_sessions.h"

#include <fmt/format.h>
#include <sys/random.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/check.h"

namespace pmcp::server {
namespace {

constexpr std::size_t kIdBytes = 16;
constexpr std::chrono::seconds kSweepInterval{1};

std::string RandomId() {
  std::array<unsigned char, kIdBytes> bytes;
  // getrandom() is never interrupted or short below 256 bytes.
  PMCP_CHECK(::getrandom(bytes.data(), bytes.size(), 0) ==
             static_cast<ssize_t>(bytes.size()));
  return fmt::format("{:02x}", fmt::join(bytes, ""));
}

void End(const std::shared_ptr<HttpSession>& session) {
  session->session()->CancelAll();
  session->outbox()->Finish();
}

}  // namespace

HttpSession::HttpSession(std::string id)
    : id_(std::move(id)),
      session_(std::make_shared<Session>()),
      outbox_(std::make_shared<SseStream>("s0", SseStream::Keep::kLatest)) {
  session_->SetOutbox([outbox = outbox_](std::string message) {
    outbox->Push(std::move(message));
  });
}

HttpSession::~HttpSession() { session_->SetOutbox({}); }

std::shared_ptr<SseStream> HttpSession::NewStream() {
  const std::lock_guard lock(mutex_);
  MakeRoom();
  auto stream = std::make_shared<SseStream>(fmt::format("s{}", ++made_),
                                            SseStream::Keep::kReplay);
  // With kMaxStreams open streams, a new one cannot be resumed.
  if (streams_.size() < kMaxStreams) streams_.push_back(stream);
  return stream;
}

void HttpSession::MakeRoom() {
  std::size_t bytes = 0;
  for (const auto& stream : streams_) bytes += stream->bytes();
  for (auto it = streams_.begin();
       it != streams_.end() &&
       (streams_.size() >= kMaxStreams || bytes > kMaxKeptBytes);) {
    if ((*it)->IsFinished()) {
      bytes -= (*it)->bytes();
      it = streams_.erase(it);
    } else {
      ++it;
    }
  }
}

std::shared_ptr<SseStream> HttpSession::FindStream(std::string_view id) const {
  if (id == outbox_->id()) return outbox_;
  const std::lock_guard lock(mutex_);
  const auto found = std::ranges::find(
      streams_, id,
      [](const auto& stream) -> std::string_view { return stream->id(); });
  return found == streams_.end() ? nullptr : *found;
}

std::shared_ptr<HttpSession> HttpSessions::Make() {
  return std::make_shared<HttpSession>(RandomId());
}

void HttpSessions::Add(std::shared_ptr<HttpSession> session) {
  Closed closed;
  {
    const std::lock_guard lock(mutex_);
    closed = TakeIdle();
    if (entries_.size() >= options_.max_sessions) {
      const auto oldest = std::ranges::min_element(
          entries_, {}, [](const auto& entry) { return entry.second.used; });
      closed.push_back(oldest->second.session);
      entries_.erase(oldest);
    }
    const std::string id = session->id();
    entries_.emplace(id, Entry{std::move(session), now_()});
  }
  std::ranges::for_each(closed, End);
}

std::shared_ptr<HttpSession> HttpSessions::Find(std::string_view id) {
  Closed closed;
  std::shared_ptr<HttpSession> session;
  {
    const std::lock_guard lock(mutex_);
    closed = TakeIdle();
    if (const auto found = entries_.find(id); found != entries_.end()) {
      found->second.used = now_();
      session = found->second.session;
    }
  }
  std::ranges::for_each(closed, End);
  return session;
}

bool HttpSessions::Close(std::string_view id) {
  std::shared_ptr<HttpSession> session;
  {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(id);
    if (found == entries_.end()) return false;
    session = std::move(found->second.session);
    entries_.erase(found);
  }
  End(session);
  return true;
}

void HttpSessions::CloseAll() {
  Entries entries;
  {
    const std::lock_guard lock(mutex_);
    entries = std::exchange(entries_, {});
  }
  for (const auto& [id, entry] : entries) End(entry.session);
}

std::size_t HttpSessions::size() const {
  const std::lock_guard lock(mutex_);
  return entries_.size();
}

/// Removes idle sessions. Called with the lock held. The caller ends them
/// without the lock, since that calls other code.
HttpSessions::Closed HttpSessions::TakeIdle() {
  Closed idle;
  const auto now = now_();
  if (now < next_sweep_) return idle;
  next_sweep_ = now + kSweepInterval;
  for (auto it = entries_.begin(); it != entries_.end();) {
    if (now - it->second.used >= options_.idle_time) {
      idle.push_back(std::move(it->second.session));
      it = entries_.erase(it);
    } else {
      ++it;
    }
  }
  return idle;
}

}  // namespace pmcp::server
