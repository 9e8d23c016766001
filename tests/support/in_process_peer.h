// InProcessPeer: talks to a Server in this process, through the one door that
// transports use, and without any of them. For one thread of the test; replies
// come in from the server's own threads.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "server/core/server.h"
#include "server/core/session.h"
#include "tests/support/peer.h"

namespace pmcp::test {

class InProcessPeer final : public Peer {
 public:
  // Never waited for when a test passes, but by those that test waiting itself.
  static constexpr std::chrono::seconds kPatience{20};

  explicit InProcessPeer(server::Server& server);
  /// Cancels what still runs, and waits for it.
  ~InProcessPeer() override;

  void Send(const std::string& message) override;
  std::optional<std::string> Receive() override;
  void CloseInput() override;
  std::string HowItEnded() override { return ""; }

  /// Waits until every message that was sent has its reply, or has none;
  /// false when that takes longer than `patience`.
  bool WaitUntilIdle(std::chrono::milliseconds patience = kPatience);

 private:
  void Push(std::string message);

  server::Server& server_;
  const std::shared_ptr<server::Session> session_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::string> received_;
  std::size_t due_ = 0;
};

}  // namespace pmcp::test
