// Lifecycle: to which era a request belongs, and whether it may be served.
//
// The only place that decides by era. Functions on values; the Session guards
// itself. The rules (spec 2026-07-28, basic/versioning):
//
//   request                           without a session      in a session
//   names a version in params._meta   modern                 modern
//   method exists in modern only      modern (keys missing)  the same
//   initialize, ping                  legacy                 legacy
//   anything else                     refused, naming both   legacy
//                                     ways to be served
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "server/core/protocol.h"
#include "server/core/session.h"
#include "server/words/jsonrpc.h"
#include "server/words/log_level.h"
#include "server/words/request_id.h"
#include "server/words/rpc_error.h"

namespace pmcp::server::lifecycle {

/// Where a method exists; the method table has one for each row.
struct MethodEras {
  bool legacy = true;
  bool modern = true;
  bool before_initialize = false;  // legacy, and needs no session
  bool in_batch = true;
};

/// What the rest of the server needs to know of an admitted request.
struct Admission {
  protocol::Era era = protocol::Era::kLegacy;
  std::optional<RequestId> progress_token;
  /// What the client declared: an object; null when it did not.
  jsonrpc::Params capabilities;
  /// From which level on the client wants log messages of this request; in the
  /// legacy era the session knows.
  std::optional<LogLevel> log_level;
};

/// `method` is null for one that no era has. That too is decided here, since a
/// method can be known and not exist in the era of the request.
RpcResult<Admission> Admit(const jsonrpc::Request& request,
                           const MethodEras* method, const Session& session);

/// The error that refuses the whole batch, if it may not be served.
std::optional<RpcError> RefuseBatch(const jsonrpc::Parsed& batch,
                                    const Session& session);

/// A modern request is one that names a version in params._meta, right or
/// wrong.
bool HasClaim(const jsonrpc::Message& message);

/// Whether params._meta has what every modern request must have, each of its
/// type: without it nothing else about the request is worth a look.
bool HasRequiredMeta(const jsonrpc::Params& params);

/// Opens the session with the version that `initialize` asks for, or with the
/// newest one that can be had that way, and keeps what the client declares.
RpcResult<const protocol::Version*> Negotiate(const nlohmann::json& params,
                                              Session& session);

}  // namespace pmcp::server::lifecycle
