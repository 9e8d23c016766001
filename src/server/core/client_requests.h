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
  /// Returns the id of a new request. Call Wait for it afterwards; the answer
  /// may arrive before.
  RequestId Begin();

  /// Waits for the client's answer to the request. Returns kCancelled or
  /// kTimeout if `call`, which needs the answer, ends first; the request is
  /// then forgotten.
  Result<jsonrpc::Response> Wait(const RequestId& id, const CallContext& call);

  /// Passes an answer to its Wait; ignores answers to unknown requests.
  void Deliver(jsonrpc::Response response);

 private:
  std::mutex mutex_;
  std::condition_variable_any arrived_;
  std::map<RequestId, std::optional<jsonrpc::Response>> asked_;
  std::int64_t next_ = 0;
};

}  // namespace pmcp::server
