// HostileServer: accepts connections on the loopback and sends what it was told
// to, whatever it is asked: HTTP that is wrong, slow, or without an end.
//
// Runs in a thread of its own until it is destroyed. Thread-safe.
#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace pmcp::test {

struct HostileReply {
  std::string bytes;
  /// What follows: nothing, the same bytes again and again, silence, or the
  /// letter x now and then.
  enum class Then { kClose, kRepeat, kHang, kDrip } then = Then::kClose;
};

class HostileServer {
 public:
  /// One reply for each connection; the last one for all that follow.
  explicit HostileServer(std::vector<HostileReply> replies);
  ~HostileServer();
  HostileServer(const HostileServer&) = delete;
  HostileServer& operator=(const HostileServer&) = delete;

  std::string url() const;
  /// What was sent to it, one text a connection.
  std::vector<std::string> requests() const;
  /// How many clients went away while it was silent or dripped.
  int left() const { return left_; }

 private:
  void Run();
  void Serve(int fd, const HostileReply& reply);

  const std::vector<HostileReply> replies_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> stopping_ = false;
  std::atomic<int> left_ = 0;
  mutable std::mutex mutex_;  // guards requests_
  std::vector<std::string> requests_;
  std::thread thread_;
};

}  // namespace pmcp::test
