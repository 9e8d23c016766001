// Session: what a connection remembers between messages. What initialize
// agreed on, the requests that are not answered yet in both directions, what
// the client wants to hear of, and where messages go that answer none.
//
// One per stdio process. Thread-safe. Shared by the transport and the calls
// that run in it, so that a call may end after its connection is gone.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>

#include "server/core/client_requests.h"
#include "server/core/protocol.h"
#include "server/words/jsonrpc.h"
#include "server/words/log_level.h"
#include "server/words/request_id.h"

namespace pmcp::server {

class Session {
 public:
  /// More than a client can look at.
  static constexpr std::size_t kMaxWatched = 1024;

  /// Null before initialize.
  const protocol::Version* version() const;
  void set_version(const protocol::Version& version);
  /// What the client declared in initialize: an object, or null before that.
  jsonrpc::Params capabilities() const;
  void set_capabilities(jsonrpc::Params capabilities);

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

  /// Ends the requests that would go on for ever, with their answers: no more
  /// messages come from the client. May be called at any time.
  void EndListens();
  /// `end` ends one such request; it is called at most once. Forgotten when
  /// the request is over.
  void AddListen(const RequestId& id, std::function<void()> end);
  void RemoveListen(const RequestId& id);

  /// What this server asks the client.
  ClientRequests& client_requests() { return client_requests_; }

  /// From which level on the client wants to hear log messages.
  LogLevel log_level() const;
  void set_log_level(LogLevel level);

  /// Resources of whose changes the client wants to hear. False when there
  /// are too many.
  bool Watch(const std::string& uri);
  void Unwatch(const std::string& uri);
  bool IsWatched(std::string_view uri) const;
  /// Kept as long as the session: what tells it of changes.
  void KeepSubscription(std::shared_ptr<void> subscription);

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
  std::map<RequestId, std::function<void()>> listens_;
  jsonrpc::Params capabilities_;
  LogLevel log_level_ = LogLevel::kInfo;
  std::set<std::string, std::less<>> watched_;
  std::shared_ptr<void> subscription_;
  Outbox outbox_;
  ClientRequests client_requests_;
};

}  // namespace pmcp::server
