// SseCarrier: writes one SseStream to one connection, event by event, until
// the stream ends, the connection does, or somebody asks for it.
//
// Used by the connection's thread. Made when the answer begins, destroyed when
// the connection lets go of it: then the stream is free for the next one.
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
  /// What all carriers of an endpoint look at. Outlives them.
  struct Shared {
    std::atomic<std::size_t> streams{0};
    std::atomic<bool> is_draining{false};
    std::atomic<bool> cancels_all{false};
  };

  struct Cargo {
    std::shared_ptr<SseStream> stream;
    std::uint64_t after = 0;    // the last event that the client has
    bool has_ids = false;       // it can come back for the rest
    bool is_primed = false;     // and is told so first
    bool only_listens = false;  // no answer comes on it, so it may end
    /// Its requests are cancelled when the connection ends; null: none are.
    std::shared_ptr<Session> ends_with_connection = nullptr;
    /// A word on a stream that has nothing to say, so that what lies between
    /// does not take it for dead.
    std::chrono::milliseconds heartbeat = std::chrono::seconds(15);
    std::function<bool()> is_peer_gone;
  };

  /// `cargo.stream` is attached already.
  SseCarrier(Cargo cargo, Shared& shared);
  ~SseCarrier();
  SseCarrier(const SseCarrier&) = delete;
  SseCarrier& operator=(const SseCarrier&) = delete;

  /// One step, of less than a second; false at the end.
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
