// HttpPeer: the client's end of Streamable HTTP. Each message is a POST of its
// own; what comes back, in a body or in a stream, is received one by one.
//
// For one thread of the test; answers come in on threads of its own. Follows
// the rules of a well-behaved client: it keeps the session that it was given,
// and mirrors a modern request in its header.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/http_server.h"
#include "tests/support/peer.h"

namespace pmcp::test {

class HttpPeer final : public Peer {
 public:
  explicit HttpPeer(HttpTestServer& server)
      : port_(server.port()), server_(&server) {}
  /// A server in another process.
  explicit HttpPeer(int port) : port_(port) {}
  ~HttpPeer() override;

  /// Returns when the server has the message, so that messages are taken in
  /// the order in which they are sent. Of one in another process that is known
  /// when it has answered.
  void Send(const std::string& message) override;
  std::optional<std::string> Receive() override;
  /// Waits for what is due, then ends the session.
  void CloseInput() override;
  std::string HowItEnded() override { return problem_; }

 private:
  void Post(const std::string& message, std::size_t number);
  void Push(std::string message);
  void Fail(std::string problem);

  const int port_;
  HttpTestServer* const server_ = nullptr;
  std::vector<std::thread> posts_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::string> received_;
  std::size_t pending_ = 0;        // posts that are not answered in full
  std::vector<bool> is_answered_;  // by the number of a post
  std::string session_;
  std::string version_;
  std::string problem_;
};

}  // namespace pmcp::test
