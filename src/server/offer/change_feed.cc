#include "server/offer/change_feed.h"

#include <map>
#include <mutex>
#include <utility>
#include <vector>

namespace pmcp::server {

struct ChangeFeed::State {
  std::mutex mutex;
  /// Shared with publishers that are about to call them. By number, in the
  /// order in which they came.
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
  // Outside the lock: they write to clients, and may stop listening.
  for (const auto& listener : listeners) (*listener)(change);
}

std::shared_ptr<void> ChangeFeed::Listen(Listener listener) {
  const std::lock_guard lock(state_->mutex);
  if (state_->listeners.size() >= kMaxListeners) return nullptr;
  const std::size_t number = state_->next++;
  state_->listeners.emplace(
      number, std::make_shared<const Listener>(std::move(listener)));
  // No object stands behind the handle: its end is all that matters.
  return {state_.get(), [state = state_, number](void*) {
            decltype(State::listeners)::node_type entry;
            const std::lock_guard guard(state->mutex);
            entry = state->listeners.extract(number);
          }};
}

}  // namespace pmcp::server
