#include "http/server/connection.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace pmcp::http {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kReceiveBytes = std::size_t{16} << 10;
constexpr std::size_t kGatherBytes = std::size_t{16} << 10;
// From here on a system call costs less than a copy.
constexpr std::size_t kDirectBytes = std::size_t{4} << 10;
constexpr std::string_view kHeadEnd = "\r\n\r\n";

// What a client may still send while it is told that it is refused.
constexpr milliseconds kLingerTime{500};
constexpr std::size_t kLingerBytes = std::size_t{1} << 20;

bool Wait(int fd, short events, milliseconds time) {
  pollfd one{fd, events, 0};
  int ready = 0;
  do {
    ready = ::poll(&one, 1, static_cast<int>(time.count()));
  } while (ready < 0 && errno == EINTR);
  return ready > 0;
}

milliseconds Until(std::chrono::steady_clock::time_point time) {
  const auto left = std::chrono::duration_cast<milliseconds>(
      time - std::chrono::steady_clock::now());
  return std::max(left, milliseconds(0));
}

}  // namespace

Connection::Connection(int fd, const ConnectionLimits& limits)
    : fd_(fd), limits_(limits) {
  const timeval tick{.tv_sec = 0,
                     .tv_usec = std::chrono::microseconds(kTick).count()};
  ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &tick, sizeof tick);
}

// Waits in recv itself: most requests come whole, and then need no other call.
bool Connection::WaitForRequest() {
  if (begin_ < in_.size()) return true;
  std::array<char, kReceiveBytes> buffer;
  const auto count = ::recv(fd_, buffer.data(), buffer.size(), 0);
  if (count > 0) in_.append(buffer.data(), static_cast<std::size_t>(count));
  const bool is_over =
      errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
  return count >= 0 || !is_over;
}

Connection::Received Connection::Receive(Clock::time_point until) {
  std::array<char, kReceiveBytes> buffer;
  while (true) {
    const auto count = ::recv(fd_, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (count > 0) {
      in_.append(buffer.data(), static_cast<std::size_t>(count));
      return Received::kSome;
    }
    if (count == 0) return Received::kEnd;
    if (errno == EINTR) continue;
    if (errno != EAGAIN && errno != EWOULDBLOCK) return Received::kEnd;
    if (!Wait(fd_, POLLIN, Until(until))) return Received::kTimeout;
  }
}

Connection::HeadEnd Connection::ReadHead(std::string& text) {
  in_.erase(0, begin_);
  begin_ = 0;
  const auto until = Clock::now() + limits_.head_time;
  std::size_t seen = 0;
  while (true) {
    // The end may lie across two packets.
    const auto from = seen - std::min(seen, kHeadEnd.size() - 1);
    const auto end = in_.find(kHeadEnd, from);
    if (end != std::string::npos) {
      begin_ = end + kHeadEnd.size();
      if (begin_ > limits_.head.head_bytes) return HeadEnd::kTooLarge;
      text = in_.substr(0, begin_);
      return HeadEnd::kComplete;
    }
    if (in_.size() > limits_.head.head_bytes) return HeadEnd::kTooLarge;
    seen = in_.size();
    switch (Receive(until)) {
      case Received::kSome:
        break;
      case Received::kTimeout:
        return HeadEnd::kTimeout;
      case Received::kEnd:
        return HeadEnd::kGone;
    }
  }
}

void Connection::BeginBody(std::string_view text, std::size_t body_bytes) {
  in_.replace(0, begin_, text);
  begin_ = 0;
  body_left_ = text.size() + body_bytes;
  body_until_ = Clock::now() + limits_.body_time;
}

bool Connection::IsReadable() const {
  return body_left_ > 0 &&
         (begin_ < in_.size() || Wait(fd_, POLLIN, Until(body_until_)));
}

long Connection::Read(char* data, std::size_t size) {
  size = std::min(size, body_left_);
  if (size == 0) return -1;
  if (begin_ == in_.size()) {
    in_.clear();
    begin_ = 0;
    // A client may wait for "100 Continue" before it sends more.
    if (!Flush() || Receive(body_until_) != Received::kSome) return -1;
  }
  const std::size_t count = in_.copy(data, size, begin_);
  begin_ += count;
  body_left_ -= count;
  return static_cast<long>(count);
}

bool Connection::ReadBody(std::string& body) {
  body.clear();
  if (body_left_ <= in_.size() - begin_) {  // it came with its head
    body.assign(in_, begin_, body_left_);
    begin_ += body_left_;
    body_left_ = 0;
    return true;
  }
  body.reserve(body_left_);
  std::array<char, kReceiveBytes> buffer;
  while (body_left_ > 0) {
    const long count = Read(buffer.data(), buffer.size());
    if (count <= 0) return false;
    body.append(buffer.data(), static_cast<std::size_t>(count));
  }
  return true;
}

bool Connection::Write(std::string_view bytes) {
  if (is_broken_) return false;
  if (bytes.size() >= kDirectBytes) return SendAll(bytes);
  out_ += bytes;
  return out_.size() < kGatherBytes || Flush();
}

bool Connection::Flush() { return SendAll(""); }

bool Connection::SendAll(std::string_view bytes) {
  const auto until = Clock::now() + limits_.write_time;
  std::string_view gathered = out_;
  while (!(gathered.empty() && bytes.empty()) && !is_broken_) {
    iovec parts[] = {{const_cast<char*>(gathered.data()), gathered.size()},
                     {const_cast<char*>(bytes.data()), bytes.size()}};
    msghdr message{};
    message.msg_iov = parts;
    message.msg_iovlen = std::size(parts);
    const auto count = ::sendmsg(fd_, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count >= 0) {
      const auto sent = static_cast<std::size_t>(count);
      const auto first = std::min(sent, gathered.size());
      gathered.remove_prefix(first);
      bytes.remove_prefix(sent - first);
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      is_broken_ = !Wait(fd_, POLLOUT, Until(until)) || Clock::now() >= until;
    } else if (errno != EINTR) {
      is_broken_ = true;
    }
  }
  out_.clear();
  return !is_broken_;
}

bool Connection::IsPeerGone() const {
  char byte = 0;
  const auto count = ::recv(fd_, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return count == 0 || (count < 0 && errno != EAGAIN && errno != EWOULDBLOCK &&
                        errno != EINTR);
}

void Connection::CloseGently() {
  Flush();
  ::shutdown(fd_, SHUT_WR);
  const auto until = Clock::now() + kLingerTime;
  std::array<char, kReceiveBytes> buffer;
  for (std::size_t total = 0; total < kLingerBytes && Clock::now() < until;) {
    if (!Wait(fd_, POLLIN, Until(until))) return;
    const auto count = ::recv(fd_, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (count <= 0) return;
    total += static_cast<std::size_t>(count);
  }
}

}  // namespace pmcp::http
