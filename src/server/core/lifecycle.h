// Lifecycle: decides the protocol version of a request, and whether the request
// may be served. The rest of the server asks the rules of that version.
//
// Functions on values; Session is thread-safe. The decision (spec 2026-07-28,
// basic/versioning):
//
//   request                           without a session      in a session
//   names a version in params._meta   that version           that version
//   its method needs no session       refused: no version    the same
//   initialize, ping                  the newest with        the session's
//                                     sessions
//   anything else                     refused, naming both   the session's
//                                     ways to be served
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string_view>

#include "server/core/protocol.h"
#include "server/core/session.h"
#include "server/words/jsonrpc.h"
#include "server/words/log_level.h"
#include "server/words/request_id.h"
#include "server/words/rpc_error.h"

namespace pmcp::server::lifecycle {

/// When a method may be used; the method table has one for each row.
struct MethodScope {
  /// The rule that a version must have for the method to exist; null: the
  /// method exists in every version.
  bool protocol::Rules::*rule = nullptr;
  bool before_initialize = false;  // where sessions exist: needs none
  bool in_batch = true;

  bool ExistsIn(const protocol::Version& version) const {
    return rule == nullptr || version.rules.*rule;
  }
};

/// Whether no version with sessions has the method.
bool IsStatelessOnly(const MethodScope& method);

/// What the rest of the server needs to know of an admitted request.
struct Admission {
  const protocol::Rules& rules;
  std::optional<RequestId> progress_token;
  /// What the client declared: an object; null when it did not.
  jsonrpc::Params capabilities;
  /// The least level of the log messages that the client wants for this
  /// request. Without one: none, or the session's where sessions exist.
  std::optional<LogLevel> log_level;
};

/// `method` is null for one that no version has. Admit refuses it too, since a
/// method can be known and not exist in the version of the request.
RpcResult<Admission> Admit(const jsonrpc::Request& request,
                           const MethodScope* method, const Session& session);

/// The error that refuses the whole batch, if it may not be served.
std::optional<RpcError> RefuseBatch(const jsonrpc::Parsed& batch,
                                    const Session& session);

/// Whether the message is a request that names a version in params._meta,
/// valid or not.
bool HasClaim(const jsonrpc::Message& message);

/// The version that params._meta names, "" when it names none.
std::string_view ClaimOf(const jsonrpc::Params& params);

/// Whether params._meta has the keys that every request with a version there
/// must have, each of its type. Refusals for them come before all others.
bool HasRequiredMeta(const jsonrpc::Params& params);

/// Opens the session with the version that `initialize` asks for, or with the
/// newest one that has sessions, and keeps the capabilities of the client.
RpcResult<const protocol::Version*> Negotiate(const nlohmann::json& params,
                                              Session& session);

}  // namespace pmcp::server::lifecycle
