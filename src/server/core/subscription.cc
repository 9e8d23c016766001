#include "server/core/subscription.h"

#include <fmt/core.h>

#include <algorithm>
#include <functional>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <stop_token>
#include <utility>
#include <variant>

#include "server/core/mcp_results.h"
#include "server/core/protocol.h"

namespace pmcp::server {
namespace {

using Json = nlohmann::json;
using protocol::SubscriptionFilter;

constexpr std::size_t kMaxUris = 256;

RpcError InvalidParams(std::string message) {
  return {protocol::kInvalidParams, std::move(message), ""};
}

/// Whether `filter` contains `name`; an error if that is not a boolean.
RpcResult<bool> Flag(const Json& filter, const char* name) {
  const auto found = filter.find(name);
  if (found == filter.end()) return false;
  if (!found->is_boolean()) {
    return InvalidParams(fmt::format("\"{}\" must be true or false", name));
  }
  return found->get<bool>();
}

RpcResult<std::vector<std::string>> Uris(const Json& filter) {
  std::vector<std::string> uris;
  const auto found = filter.find("resourceSubscriptions");
  if (found == filter.end()) return uris;
  if (!found->is_array() || found->size() > kMaxUris ||
      !std::ranges::all_of(*found,
                           [](const Json& uri) { return uri.is_string(); })) {
    return InvalidParams(fmt::format(
        "\"resourceSubscriptions\" must be a list of at most {} strings",
        kMaxUris));
  }
  return found->get<std::vector<std::string>>();
}

/// Returns the requested changes that the server offers.
RpcResult<SubscriptionFilter> Honoured(const Json& params,
                                       const Changes& changes) {
  const auto filter = params.find("notifications");
  if (filter == params.end() || !filter->is_object()) {
    return InvalidParams(
        "subscriptions/listen needs \"notifications\", an "
        "object");
  }
  SubscriptionFilter honoured;
  const struct {
    const char* name;
    bool is_offered;
    bool* target;
  } flags[] = {
      {"toolsListChanged", changes.tools, &honoured.tools},
      {"promptsListChanged", changes.prompts, &honoured.prompts},
      {"resourcesListChanged", changes.resources, &honoured.resources},
  };
  for (const auto& row : flags) {
    const auto asked = Flag(*filter, row.name);
    if (const auto* error = std::get_if<RpcError>(&asked)) return *error;
    *row.target = std::get<bool>(asked) && row.is_offered;
  }
  auto uris = Uris(*filter);
  if (const auto* error = std::get_if<RpcError>(&uris)) return *error;
  if (changes.contents) honoured.uris = std::get<0>(std::move(uris));
  return honoured;
}

bool Wants(const SubscriptionFilter& filter, const Change& change) {
  switch (change.kind) {
    case Change::Kind::kTools:
      return filter.tools;
    case Change::Kind::kPrompts:
      return filter.prompts;
    case Change::Kind::kResources:
      return filter.resources;
    case Change::Kind::kContents:
      return std::ranges::find(filter.uris, change.uri) != filter.uris.end();
  }
  return false;
}

/// An open subscription. Shared by the feed and the session; both release it
/// when it ends.
class Subscription : public std::enable_shared_from_this<Subscription> {
 public:
  Subscription(std::shared_ptr<Exchange> exchange, SubscriptionFilter filter,
               std::string result)
      : exchange_(std::move(exchange)),
        filter_(std::move(filter)),
        result_(std::move(result)) {}

  /// Returns false if the feed has too many listeners.
  bool Start(ChangeFeed& feed) {
    const auto self = shared_from_this();
    {
      // Held until the acknowledgement is sent: no change may precede it.
      const std::lock_guard lock(mutex_);
      handle_ = feed.Listen([self](const Change& c) { self->Send(c); });
      if (handle_ == nullptr) return false;
      exchange_->reply().Notify(
          protocol::AcknowledgedNotification(filter_, exchange_->request().id));
    }
    exchange_->session()->AddListen(exchange_->request().id,
                                    [self] { self->End(); });
    // Runs at once if the request was cancelled meanwhile. A weak pointer,
    // since this object owns the callback.
    on_stop_.emplace(exchange_->stop().get_token(), [weak = weak_from_this()] {
      if (const auto listen = weak.lock()) listen->Finish();
    });
    return true;
  }

 private:
  void Send(const Change& change) {
    if (!Wants(filter_, change)) return;
    { const std::lock_guard until_acknowledged(mutex_); }
    // Outside the lock: a transport may cancel the request while it writes.
    exchange_->reply().Notify(
        protocol::ChangeNotification(change, &exchange_->request().id));
  }

  /// Ends it on behalf of the server. Also sends a cancellation through the
  /// outbox of the session, if there is one: the specification allows both.
  void End() {
    exchange_->session()->Send(protocol::CancelledNotification(
        exchange_->request().id, "the server ends the subscription"));
    Finish();
  }

  /// Answers the request; sends nothing if the client cancelled it.
  void Finish() {
    std::shared_ptr<void> handle;  // destroyed outside the lock
    {
      const std::lock_guard lock(mutex_);
      if (std::exchange(ended_, true)) return;
      handle = std::move(handle_);
    }
    exchange_->session()->RemoveListen(exchange_->request().id);
    exchange_->Answer(Answered{result_});
  }

  const std::shared_ptr<Exchange> exchange_;
  const SubscriptionFilter filter_;
  const std::string result_;
  std::mutex mutex_;
  bool ended_ = false;
  std::shared_ptr<void> handle_;
  std::optional<std::stop_callback<std::function<void()>>> on_stop_;
};

}  // namespace

void StartSubscription(const std::shared_ptr<Exchange>& exchange,
                       const protocol::Rules& rules, const Changes& changes,
                       const ServerInfo& info) {
  auto honoured = Honoured(*exchange->request().params, changes);
  if (const auto* error = std::get_if<RpcError>(&honoured)) {
    exchange->Answer(*error);
    return;
  }
  const auto listen = std::make_shared<Subscription>(
      exchange, std::get<0>(std::move(honoured)),
      protocol::SubscriptionResult(rules, exchange->request().id, info));
  if (!listen->Start(*changes.feed)) exchange->Refuse(protocol::ServerBusy());
}

}  // namespace pmcp::server
