// Lifecycle: to which era a request belongs, and whether it may be served.
//
// The only place that decides by era. The rules for stdio: a request that
// names its version in params._meta is modern, whatever came before it; one
// that does not needs the session that initialize opened.
// Functions on values; the Session guards itself.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "server/jsonrpc.h"
#include "server/protocol.h"
#include "server/request_id.h"
#include "server/rpc_error.h"
#include "server/session.h"

namespace pmcp::server::lifecycle {

/// Where a method exists; the method table has one for each row.
struct MethodEras {
  bool legacy = true;
  bool modern = true;
  bool before_initialize = false;  // legacy, and needs no session
  bool in_batch = true;
};

struct Admission {
  protocol::Era era = protocol::Era::kLegacy;
  std::optional<RequestId> progress_token;
};

/// `method` is null for one that no era has.
RpcResult<Admission> Admit(const jsonrpc::Request& request,
                           const MethodEras* method, const Session& session);

/// The error that refuses the whole batch, if it may not be served.
std::optional<RpcError> RefuseBatch(const jsonrpc::Parsed& batch,
                                    const Session& session);

/// Opens the session with the version that `initialize` asks for, or with the
/// newest one that can be had that way.
RpcResult<const protocol::Version*> Negotiate(const nlohmann::json& params,
                                              Session& session);

}  // namespace pmcp::server::lifecycle
