// ChangeFeed: passes changes of lists and resources from the host, which
// publishes them, to the listeners. All change notifications go through it.
//
// Thread-safe. Listeners are called on the thread that publishes.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace pmcp::server {

struct Change {
  enum class Kind { kTools, kPrompts, kResources, kContents };
  Kind kind = Kind::kTools;
  std::string uri;  // of kContents: the resource
};

class ChangeFeed {
 public:
  /// Each costs a call for every change.
  static constexpr std::size_t kMaxListeners = 1024;

  using Listener = std::function<void(const Change&)>;

  ChangeFeed();

  void Publish(const Change& change) const;

  /// Calls `listener` until what is returned goes, and possibly once more while
  /// it goes. Null when there are too many.
  [[nodiscard]] std::shared_ptr<void> Listen(Listener listener);

 private:
  struct State;
  /// Shared with the listeners' handles, which may outlive the feed.
  std::shared_ptr<State> state_;
};

}  // namespace pmcp::server
