#include "server/offer/change_feed.h"

#include <map>
#include <mutex>
#include <utility>
#include <vector>

namespace pmcp::server {

struct ChangeFeed::State {
  std::mutex mutex;
  /// By number, in the order of registration. Shared with publishers that are
  /// about to call them.
  std::map<std::size_t, std::shared_ptr<const Listener>> listeners;
  std::size_t next = 0;
};

ChangeFeed::ChangeFeed() : state_(std::make_shared<State>()) {}

void ChangeFeed::Publish(const Change& change) const {
  std::vector<std::shared_ptr<const Listener>> listeners;
  {
    const std::lock_guard lock(state_->mutex);
    for (const auto& [number, listener] : state_->listeners) {
      listeners.push_back(listener);
    }
  }
  // Outside the lock: listeners write to clients and may remove themselves.
  for (const auto& listener : listeners) (*listener)(change);
}

std::shared_ptr<void> ChangeFeed::Listen(Listener listener) {
  const std::lock_guard lock(state_->mutex);
  if (state_->listeners.size() >= kMaxListeners) return nullptr;
  const std::size_t number = state_->next++;
  state_->listeners.emplace(
      number, std::make_shared<const Listener>(std::move(listener)));
  // The handle owns no object; only its deleter matters.
  return {state_.get(), [state = state_, number](void*) {
            decltype(State::listeners)::node_type entry;
            const std::lock_guard guard(state->mutex);
            entry = state->listeners.extract(number);
          }};
}

}  // namespace pmcp::server
