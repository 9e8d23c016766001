// SseCarrier: writes one SseStream to one connection, event by event, until the
// stream ends, the connection ends, or the server closes it.
//
// Used by the connection's thread. Created when the response begins, destroyed
// with the connection; another connection can then carry the stream.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include "http/server/http_message.h"
#include "server/core/session.h"
#include "server/http/sse_stream.h"

namespace pmcp::server {

class SseCarrier {
 public:
  /// State that all carriers of an endpoint share. Outlives them.
  struct Shared {
    std::atomic<std::size_t> streams{0};
    std::atomic<bool> is_draining{false};
    std::atomic<bool> cancels_all{false};
  };

  struct Cargo {
    std::shared_ptr<SseStream> stream;
    std::uint64_t after = 0;    // the last event that the client has
    bool has_ids = false;       // the client can resume the stream
    bool is_primed = false;     // the first event has an id and no message
    bool only_listens = false;  // carries no answer, so it may end at any time
    /// Its requests are cancelled when the connection ends; null: none are.
    std::shared_ptr<Session> ends_with_connection = nullptr;
    /// The interval of comments on an idle stream, which keep proxies from
    /// closing the connection.
    std::chrono::milliseconds heartbeat = std::chrono::seconds(15);
    std::function<bool()> is_peer_gone;
  };

  /// `cargo.stream` must be attached.
  SseCarrier(Cargo cargo, Shared& shared);
  ~SseCarrier();
  SseCarrier(const SseCarrier&) = delete;
  SseCarrier& operator=(const SseCarrier&) = delete;

  /// Writes at most one event, in less than a second. Returns false at the end.
  bool Step(http::HttpStreamSink& sink);

 private:
  using Clock = std::chrono::steady_clock;

  bool Write(http::HttpStreamSink& sink, std::string_view text);
  bool WriteEvent(http::HttpStreamSink& sink, const SseStream::Event& event);
  bool Idle(http::HttpStreamSink& sink);

  Cargo cargo_;
  Shared& shared_;
  Clock::time_point written_ = Clock::now();
};

}  // namespace pmcp::server
