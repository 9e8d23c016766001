#include "server/core/client_requests.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>
#include <utility>

namespace pmcp::server {

RequestId ClientRequests::Begin() {
  const std::lock_guard lock(mutex_);
  // Differs from the ids that clients use, so that logs are unambiguous.
  RequestId id = *RequestId::From(nlohmann::json(fmt::format("s{}", ++next_)));
  asked_.emplace(id, std::nullopt);
  return id;
}

Result<jsonrpc::Response> ClientRequests::Wait(const RequestId& id,
                                               const CallContext& call) {
  std::unique_lock lock(mutex_);
  const auto asked = asked_.find(id);
  const auto is_answered = [&] { return asked->second.has_value(); };
  if (call.deadline() == CallContext::Deadline::max()) {
    arrived_.wait(lock, call.stop(), is_answered);
  } else {
    arrived_.wait_until(lock, call.stop(), call.deadline(), is_answered);
  }
  const auto entry = asked_.extract(asked);
  if (entry.mapped()) return *entry.mapped();
  PMCP_TRY_VOID(call.Check());
  return Cancelled();
}

void ClientRequests::Deliver(jsonrpc::Response response) {
  if (!response.id) return;
  const std::lock_guard lock(mutex_);
  const auto asked = asked_.find(*response.id);
  if (asked == asked_.end()) return;
  asked->second = std::move(response);
  arrived_.notify_all();
}

}  // namespace pmcp::server
