// The methods of resources, and the change notifications of a session.
#include <fmt/core.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "base/log.h"
#include "server/core/dispatcher.h"
#include "server/core/mcp_results.h"
#include "server/core/protocol.h"
#include "server/offer/exception_fence.h"

namespace pmcp::server {
namespace {

using Json = nlohmann::json;

// Resources that come and go may be gone at the next request.
constexpr Caching kLiveList{.ttl_ms = 0, .is_public = false};
// No URI of a resource is longer; longer ones are refused.
constexpr std::size_t kMaxUriBytes = 4096;

RpcError InvalidParams(std::string message) {
  return {protocol::kInvalidParams, std::move(message), ""};
}

Outcome ToOutcome(RpcResult<std::string> result) {
  if (auto* error = std::get_if<RpcError>(&result)) return std::move(*error);
  return Answered{std::get<std::string>(std::move(result))};
}

/// Returns params.uri, or the error in it.
RpcResult<std::string> Uri(const Json& params) {
  const auto uri = params.find("uri");
  if (uri == params.end() || !uri->is_string()) {
    return InvalidParams("\"uri\" must be a string");
  }
  if (uri->get_ref<const std::string&>().size() > kMaxUriBytes) {
    return InvalidParams(
        fmt::format("\"uri\" is longer than {} bytes", kMaxUriBytes));
  }
  return uri->get<std::string>();
}

bool IsDeclared(const Changes& changes, const Change& change) {
  switch (change.kind) {
    case Change::Kind::kTools:
      return changes.tools;
    case Change::Kind::kPrompts:
      return changes.prompts;
    case Change::Kind::kResources:
      return changes.resources;
    case Change::Kind::kContents:
      return changes.contents;
  }
  return false;
}

}  // namespace

Outcome Dispatcher::ListResources(const Request& request) const {
  const Resources& resources = *features_.resources;
  if (!resources.list) {
    return ToOutcome(resource_list_.Page(request.params, request.rules));
  }
  const auto live = CatchExceptions(
      request.context, [&] { return resources.list(request.context); },
      [](Error error) -> Result<std::vector<Resource>> { return error; });
  if (!live) return protocol::ToRpcError(live.error());
  std::vector<std::string> entries;
  for (const Resource& one : resources.fixed) {
    entries.push_back(protocol::ListEntry(one));
  }
  for (const Resource& one : *live) {
    entries.push_back(protocol::ListEntry(one));
  }
  return ToOutcome(PageOf({"resources", page_size_, kLiveList}, entries,
                          request.params, request.rules, info_));
}

Outcome Dispatcher::ListTemplates(const Request& request) const {
  return ToOutcome(template_list_.Page(request.params, request.rules));
}

Outcome Dispatcher::ReadResource(const Request& request) const {
  const auto uri = Uri(request.params);
  if (const auto* error = std::get_if<RpcError>(&uri)) return *error;
  const std::string& name = std::get<std::string>(uri);
  const auto read = CatchExceptions(
      request.context,
      [&] { return features_.resources->read(name, request.context); },
      [](Error error) -> Result<server::ReadResource> { return error; });
  if (read) return Answered{protocol::ReadResult(request.rules, *read, info_)};
  if (read.error().kind == ErrorKind::kNotFound) {
    return protocol::ResourceNotFound(request.rules, name);
  }
  return protocol::ToRpcError(read.error());
}

Outcome Dispatcher::Subscribe(const Request& request) const {
  const auto uri = Uri(request.params);
  if (const auto* error = std::get_if<RpcError>(&uri)) return *error;
  if (!request.session->Watch(std::get<std::string>(uri))) {
    return InvalidParams(
        fmt::format("a session can subscribe to at most {} resources",
                    Session::kMaxWatched));
  }
  return Answered{protocol::EmptyResult()};
}

Outcome Dispatcher::Unsubscribe(const Request& request) const {
  const auto uri = Uri(request.params);
  if (const auto* error = std::get_if<RpcError>(&uri)) return *error;
  request.session->Unwatch(std::get<std::string>(uri));
  return Answered{protocol::EmptyResult()};
}

void Dispatcher::SubscribeToChanges(
    const std::shared_ptr<Session>& session) const {
  if (!Offers(Needs::kChanges)) return;
  // A weak pointer, since the session owns the subscription.
  auto subscription = features_.changes.feed->Listen(
      [changes = features_.changes,
       weak = std::weak_ptr<Session>(session)](const Change& change) {
        const auto alive = weak.lock();
        if (alive == nullptr || !IsDeclared(changes, change)) return;
        if (change.kind == Change::Kind::kContents &&
            !alive->IsWatched(change.uri)) {
          return;
        }
        alive->Send(protocol::ChangeNotification(change, nullptr));
      });
  if (subscription == nullptr) {
    log::Warn("too many clients: this session gets no change notifications");
  }
  session->KeepSubscription(std::move(subscription));
}

}  // namespace pmcp::server
