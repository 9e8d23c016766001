// SseStream: the queue of one stream of server-sent events, between the threads
// that produce messages and the connection that carries them. A resumable
// stream keeps sent messages, for a client that lost its connection.
//
// Thread-safe. Memory is bounded: a stream whose client does not read is ended.
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
    kNothing,  // drops sent events; a full queue ends the stream
    kReplay,   // keeps sent events for a replay; a full queue ends the stream
    kLatest,   // as kReplay, but a full queue drops its oldest events
  };

  SseStream(std::string id, Keep keep) : id_(std::move(id)), keep_(keep) {}

  const std::string& id() const { return id_; }

  /// Appends a message. Returns false if the stream has ended.
  bool Push(std::string message);
  /// Ends the stream after its last message.
  void Finish();
  /// Closes the connection that carries the stream; the stream continues.
  void AskToClose();

  struct Event {
    std::uint64_t number = 0;  // 1 for the first
    std::string message;
  };
  enum class Next { kEvent, kNothingYet, kClose, kEnd };
  /// Waits at most `time` for the first event after number `after`.
  Next WaitFor(std::uint64_t after, std::chrono::milliseconds time,
               Event& event);

  /// Reserves the stream for one connection, until Detach. Returns false if
  /// another connection has it.
  bool Attach();
  void Detach();

  bool IsFinished() const;
  /// The total size of the messages in the queue.
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

/// Writes an event with the type "message" (HTML standard, 9.2.6). `message` is
/// one line; an empty `id` is omitted.
std::string FormatEvent(std::string_view id, std::string_view message);

/// The id of an event: its stream and its number, "s3_17".
struct EventId {
  std::string stream;
  std::uint64_t number = 0;
};
std::string FormatEventId(std::string_view stream, std::uint64_t number);
std::optional<EventId> ParseEventId(std::string_view text);

}  // namespace pmcp::server
