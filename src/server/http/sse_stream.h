// SseStream: the messages of one stream of server-sent events, on their way
// from the threads that make them to the connection that carries them. A
// resumable one keeps what was sent, for a client that lost its connection.
//
// Thread-safe. Bounded: a stream whose client does not read is given up.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace pmcp::server {

class SseStream {
 public:
  static constexpr std::size_t kMaxEvents = 1024;
  static constexpr std::size_t kMaxBytes = std::size_t{8} << 20;

  enum class Keep {
    kNothing,  // sent is gone; not reading ends the stream
    kReplay,   // kept until the stream ends, to be sent again
    kLatest,   // as kReplay, but the oldest make room for new ones
  };

  SseStream(std::string id, Keep keep) : id_(std::move(id)), keep_(keep) {}

  const std::string& id() const { return id_; }

  /// False when the stream is over.
  bool Push(std::string message);
  /// No message comes any more.
  void Finish();
  /// The connection that carries the stream shall end; the stream goes on.
  void AskToClose();

  struct Event {
    std::uint64_t number = 0;  // 1 for the first
    std::string message;
  };
  enum class Next { kEvent, kNothingYet, kClose, kEnd };
  /// The first event after `after`, once it is there; waits for `time`.
  Next WaitFor(std::uint64_t after, std::chrono::milliseconds time,
               Event& event);

  /// One connection at a time: true for the first, until it detaches.
  bool Attach();
  void Detach();

  bool IsFinished() const;
  /// Of the messages that it keeps.
  std::size_t bytes() const;

 private:
  bool MakeRoom(std::size_t bytes);

  const std::string id_;
  const Keep keep_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Event> events_;
  std::size_t bytes_ = 0;
  std::uint64_t last_ = 0;
  bool is_finished_ = false;
  bool wants_close_ = false;
  bool is_attached_ = false;
};

/// `event: message` with one line of JSON; "" leaves the id out.
std::string FormatEvent(std::string_view id, std::string_view message);

/// The id of an event names its stream and its place in it: "s3_17".
struct EventId {
  std::string stream;
  std::uint64_t number = 0;
};
std::string FormatEventId(std::string_view stream, std::uint64_t number);
std::optional<EventId> ParseEventId(std::string_view text);

}  // namespace pmcp::server
