// Session: what a connection remembers between messages. The version that
// initialize negotiated, the requests that are not answered yet, and where
// messages go that answer none.
//
// One per stdio process. Thread-safe. Shared by the transport and the calls
// that run in it, so that a call may end after its connection is gone.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <stop_token>
#include <string>

#include "server/protocol.h"
#include "server/request_id.h"

namespace pmcp::server {

class Session {
 public:
  /// Null before initialize: only modern requests and a few others are served.
  const protocol::Version* version() const;
  void set_version(const protocol::Version& version);

  /// Notes a request as unanswered. False when another unanswered one has the
  /// same id.
  bool Begin(const RequestId& id, const std::stop_source& stop);

  /// True when the request is to be answered now; false when it was cancelled
  /// meanwhile. Whoever takes an entry out decides, so there is never an
  /// answer after a cancellation.
  bool Finish(const RequestId& id, const std::stop_source& stop);

  /// Stops the work of a request, and frees its id at once: its work may take
  /// a while to notice, and must not block a retry. False when no such request
  /// is unanswered.
  bool Cancel(const RequestId& id);
  void CancelAll();

  /// Takes messages that belong to no request, such as changes of a list. Any
  /// thread may call it, once more even after it was replaced.
  using Outbox = std::function<void(std::string message)>;
  void SetOutbox(Outbox outbox);
  /// Without an outbox the message is dropped.
  void Send(std::string message) const;

 private:
  mutable std::mutex mutex_;
  const protocol::Version* version_ = nullptr;
  std::map<RequestId, std::stop_source> unanswered_;
  Outbox outbox_;
};

}  // namespace pmcp::server
