#include "server/core/session.h"

#include <utility>

namespace pmcp::server {

const protocol::Version* Session::version() const {
  const std::lock_guard lock(mutex_);
  return version_;
}

void Session::set_version(const protocol::Version& version) {
  const std::lock_guard lock(mutex_);
  version_ = &version;
}

jsonrpc::Params Session::capabilities() const {
  const std::lock_guard lock(mutex_);
  return capabilities_;
}

void Session::set_capabilities(jsonrpc::Params capabilities) {
  const std::lock_guard lock(mutex_);
  capabilities_ = std::move(capabilities);
}

bool Session::Begin(const RequestId& id, const std::stop_source& stop) {
  const std::lock_guard lock(mutex_);
  return unanswered_.emplace(id, stop).second;
}

bool Session::Finish(const RequestId& id, const std::stop_source& stop) {
  const std::lock_guard lock(mutex_);
  const auto found = unanswered_.find(id);
  // A cancellation frees the id, so a new request may use it.
  if (found == unanswered_.end() || found->second != stop) return false;
  unanswered_.erase(found);
  return true;
}

bool Session::Cancel(const RequestId& id) {
  decltype(unanswered_)::node_type entry;
  {
    const std::lock_guard lock(mutex_);
    entry = unanswered_.extract(id);
  }
  if (entry.empty()) return false;
  // Outside the lock: stop callbacks run here and may call this session.
  entry.mapped().request_stop();
  return true;
}

void Session::CancelAll() {
  decltype(unanswered_) entries;
  {
    const std::lock_guard lock(mutex_);
    entries = std::exchange(unanswered_, {});
  }
  for (auto& [id, stop] : entries) stop.request_stop();
}

void Session::EndListens() {
  decltype(listens_) listens;
  {
    const std::lock_guard lock(mutex_);
    listens = std::exchange(listens_, {});
  }
  for (auto& [id, end] : listens) end();
}

void Session::AddListen(const RequestId& id, std::function<void()> end) {
  const std::lock_guard lock(mutex_);
  listens_.insert_or_assign(id, std::move(end));
}

void Session::RemoveListen(const RequestId& id) {
  decltype(listens_)::node_type entry;  // destroyed outside the lock
  const std::lock_guard lock(mutex_);
  entry = listens_.extract(id);
}

LogLevel Session::log_level() const {
  const std::lock_guard lock(mutex_);
  return log_level_;
}

void Session::set_log_level(LogLevel level) {
  const std::lock_guard lock(mutex_);
  log_level_ = level;
}

bool Session::Watch(const std::string& uri) {
  const std::lock_guard lock(mutex_);
  if (watched_.size() >= kMaxWatched && !watched_.contains(uri)) return false;
  watched_.insert(uri);
  return true;
}

void Session::Unwatch(const std::string& uri) {
  const std::lock_guard lock(mutex_);
  watched_.erase(uri);
}

bool Session::IsWatched(std::string_view uri) const {
  const std::lock_guard lock(mutex_);
  return watched_.contains(uri);
}

void Session::KeepSubscription(std::shared_ptr<void> subscription) {
  const std::lock_guard lock(mutex_);
  std::swap(subscription_,
            subscription);  // the old one is destroyed outside the lock
}

void Session::SetOutbox(Outbox outbox) {
  const std::lock_guard lock(mutex_);
  std::swap(outbox_, outbox);  // the old one is destroyed outside the lock
}

void Session::Send(std::string message) const {
  Outbox outbox;
  {
    const std::lock_guard lock(mutex_);
    outbox = outbox_;
  }
  // Outside the lock: a slow reader must not block the session.
  if (outbox) outbox(std::move(message));
}

}  // namespace pmcp::server
