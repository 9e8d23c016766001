// HttpSessions: the sessions that clients opened over HTTP by initialize, by
// id. Ids come from the system's random source. An id names a session; it is no
// proof of identity.
//
// Thread-safe. A session ends when the client closes it, when it was idle for
// `idle_time`, or, above `max_sessions`, when it is the least recently used
// one.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "server/core/session.h"
#include "server/http/sse_stream.h"

namespace pmcp::server {

/// One session; shared by the table and by the requests that run in it.
class HttpSession {
 public:
  /// Of the streams that have ended and can be resumed: a session lives for
  /// long, and there are many.
  static constexpr std::size_t kMaxKeptBytes = std::size_t{256} << 10;

  explicit HttpSession(std::string id);
  ~HttpSession();

  const std::string& id() const { return id_; }
  const std::shared_ptr<Session>& session() const { return session_; }
  /// Carries what belongs to no request; a client reads it by GET.
  const std::shared_ptr<SseStream>& outbox() const { return outbox_; }

  /// A stream for the answer to one request, kept for a while after its end so
  /// that it can be resumed.
  std::shared_ptr<SseStream> NewStream();
  /// Null when there is none, or not any more.
  std::shared_ptr<SseStream> FindStream(std::string_view id) const;

 private:
  static constexpr std::size_t kMaxStreams = 32;

  /// With the lock held: forgets the oldest of what has ended.
  void MakeRoom();

  const std::string id_;
  const std::shared_ptr<Session> session_;
  const std::shared_ptr<SseStream> outbox_;
  mutable std::mutex mutex_;
  std::vector<std::shared_ptr<SseStream>> streams_;  // the oldest first
  std::uint64_t made_ = 0;
};

class HttpSessions {
 public:
  struct Options {
    std::size_t max_sessions = 1000;
    std::chrono::seconds idle_time{30 * 60};
  };
  using Clock = std::chrono::steady_clock;

  HttpSessions(Options options, std::function<Clock::time_point()> now)
      : options_(options), now_(std::move(now)) {}

  /// A session that nobody can find yet.
  static std::shared_ptr<HttpSession> Make();
  void Add(std::shared_ptr<HttpSession> session);
  /// Null when it never was, or is no more. Finding it is using it.
  std::shared_ptr<HttpSession> Find(std::string_view id);
  /// Stops its calls; false when there is none of this id.
  bool Close(std::string_view id);
  void CloseAll();
  std::size_t size() const;

 private:
  struct Entry {
    std::shared_ptr<HttpSession> session;
    Clock::time_point used;
  };
  using Entries = std::map<std::string, Entry, std::less<>>;
  using Closed = std::vector<std::shared_ptr<HttpSession>>;

  Closed TakeIdle();

  const Options options_;
  const std::function<Clock::time_point()> now_;
  mutable std::mutex mutex_;
  Entries entries_;
  Clock::time_point next_sweep_{};
};

}  // namespace pmcp::server
