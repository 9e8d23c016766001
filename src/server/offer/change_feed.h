// ChangeFeed: passes changes of lists and resources from the host, which
// publishes them, to the listeners. All change notifications go through it.
//
// Thread-safe. Publish calls the listeners on its own thread.
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
  /// Bounds the cost of a change, which calls every listener.
  static constexpr std::size_t kMaxListeners = 1024;

  using Listener = std::function<void(const Change&)>;

  ChangeFeed();

  void Publish(const Change& change) const;

  /// Calls `listener` for each change until the returned handle is destroyed,
  /// and possibly once more during that. Returns null if there are too many
  /// listeners.
  [[nodiscard]] std::shared_ptr<void> Listen(Listener listener);

 private:
  struct State;
  /// Shared with the listeners' handles, which may outlive the feed.
  std::shared_ptr<State> state_;
};

}  // namespace pmcp::server
