// Session: the state of a connection between messages: the result of
// initialize, the unanswered requests in both directions, the subscriptions of
// the client, and the outbox for messages that answer no request.
//
// A stdio process has one. Thread-safe. Shared by the transport and the running
// calls, so that a call may end after its connection.
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
  /// Bounds the memory of a session.
  static constexpr std::size_t kMaxWatched = 1024;

  /// Null before initialize.
  const protocol::Version* version() const;
  void set_version(const protocol::Version& version);
  /// The capabilities of the client from initialize, an object; null before.
  jsonrpc::Params capabilities() const;
  void set_capabilities(jsonrpc::Params capabilities);

  /// Registers an unanswered request. Returns false if another unanswered one
  /// has the same id.
  bool Begin(const RequestId& id, const std::stop_source& stop);

  /// Returns true if the request must be answered now, false if it was
  /// cancelled meanwhile. Finish and Cancel both remove the entry, and only the
  /// first of them succeeds, so a cancelled request is never answered.
  bool Finish(const RequestId& id, const std::stop_source& stop);

  /// Stops a request, and frees its id at once, so that a retry is possible
  /// while the job still ends. Returns false if there is no such unanswered
  /// request.
  bool Cancel(const RequestId& id);
  void CancelAll();

  /// Ends and answers all subscriptions/listen requests, which otherwise never
  /// end. May be called at any time.
  void EndListens();
  /// Registers `end`, which ends one such request. It is called at most once.
  void AddListen(const RequestId& id, std::function<void()> end);
  void RemoveListen(const RequestId& id);

  /// The requests of this server to the client.
  ClientRequests& client_requests() { return client_requests_; }

  /// The least level of the log messages that the client wants.
  LogLevel log_level() const;
  void set_log_level(LogLevel level);

  /// Subscribes to the changes of a resource. Returns false if there are too
  /// many subscriptions.
  bool Watch(const std::string& uri);
  void Unwatch(const std::string& uri);
  bool IsWatched(std::string_view uri) const;
  /// Keeps the handle of ChangeFeed::Listen as long as the session.
  void KeepSubscription(std::shared_ptr<void> subscription);

  /// Takes messages that belong to no request, such as changes of a list.
  /// Called on any thread, possibly once more after it was replaced.
  using Outbox = std::function<void(std::string message)>;
  void SetOutbox(Outbox outbox);
  /// Passes the message to the outbox; drops it if there is none.
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
