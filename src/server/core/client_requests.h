// ClientRequests: the requests that the server sent to one client, and the
// client's answers. Used where the rules have no multi round trips.
//
// Thread-safe.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>

#include "base/call_context.h"
#include "base/result.h"
#include "server/words/jsonrpc.h"
#include "server/words/request_id.h"

namespace pmcp::server {

class ClientRequests {
 public:
  /// The id for one more request; Wait must follow. Its answer may come before
  /// that.
  RequestId Begin();

  /// The client's answer to the request; kCancelled or kTimeout when the call
  /// on whose behalf it was made is over first. It is forgotten then.
  Result<jsonrpc::Response> Wait(const RequestId& id, const CallContext& call);

  /// Ignores what nobody asked for.
  void Deliver(jsonrpc::Response response);

 private:
  std::mutex mutex_;
  std::condition_variable_any arrived_;
  std::map<RequestId, std::optional<jsonrpc::Response>> asked_;
  std::int64_t next_ = 0;
};

}  // namespace pmcp::server
