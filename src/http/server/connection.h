// Connection: buffered reads and writes of one HTTP connection, with a time
// limit on each. Reads a whole head, reads bodies no further than their end,
// and combines writes into few packets.
//
// Used by the connection's thread. Does not own the file descriptor.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "http/server/http_head.h"

namespace pmcp::http {

struct ConnectionLimits {
  HttpHeadLimits head;
  /// From the first byte of a head to its last.
  std::chrono::milliseconds head_time{5'000};
  /// From the end of the head to the end of the body, and for one answer or
  /// one piece of a stream to be taken.
  std::chrono::milliseconds body_time{30'000};
  std::chrono::milliseconds write_time{10'000};
};

class Connection {
 public:
  /// How often a wait for the next request looks up.
  static constexpr std::chrono::milliseconds kTick{200};

  Connection(int fd, const ConnectionLimits& limits);

  int fd() const { return fd_; }

  /// Whether within kTick a byte of the next request is there, or its end.
  bool WaitForRequest();

  enum class HeadEnd { kComplete, kGone, kTimeout, kTooLarge };
  /// Everything up to and with the empty line; the head of the next request
  /// and the body stay where they are.
  HeadEnd ReadHead(std::string& text);

  /// From now on Read gives `text` first, and then at most `body_bytes` of
  /// what the client sends.
  void BeginBody(std::string_view text, std::size_t body_bytes);
  /// Up to `size` bytes; 0 or negative at the end, or when time is over.
  long Read(char* data, std::size_t size);
  bool IsReadable() const;
  /// Reads the body to its end; false when it does not come in time.
  bool ReadBody(std::string& body);

  /// Kept until Flush, or until there is much of it. False once the client is
  /// gone or does not read.
  bool Write(std::string_view bytes);
  bool Flush();
  /// A client that closed only its sending side counts as gone: nobody can
  /// tell the two apart.
  bool IsPeerGone() const;

  /// Ends the connection so that an answer that was just sent arrives, though
  /// bytes of the client were not read.
  void CloseGently();

 private:
  using Clock = std::chrono::steady_clock;

  enum class Received { kSome, kEnd, kTimeout };
  Received Receive(Clock::time_point until);
  /// What was gathered, and `bytes` after it.
  bool SendAll(std::string_view bytes);

  const int fd_;
  const ConnectionLimits& limits_;
  std::string in_;
  std::size_t begin_ = 0;  // of what is not consumed yet
  std::size_t body_left_ = 0;
  Clock::time_point body_until_;
  std::string out_;
  bool is_broken_ = false;
};

}  // namespace pmcp::http
