// PostRoute: whether a posted message belongs to a session, opens one, needs
// none, or is refused. Decided by header and body alone, without side effects.
//
// Source: spec 2026-07-28, basic/versioning and basic/transports. Pure.
#pragma once

#include <string>
#include <variant>

#include "http/server/http_message.h"
#include "server/core/protocol.h"
#include "server/core/reply_once.h"
#include "server/http/mirror_headers.h"
#include "server/words/jsonrpc.h"

namespace pmcp::server {

/// Refused here; `status` of HTTP, and the JSON-RPC error as the body.
struct RefusedPost {
  int status = 400;
  Reply answer;
};
/// Needs no session, or the server refuses it.
struct StatelessPost {
  /// Of the version that the message names, or of the one that its refusal
  /// follows.
  const protocol::Rules& rules;
};
/// An initialize request, which opens a session.
struct OpeningPost {};
/// Belongs to the session with this id, which may not exist.
struct SessionPost {
  std::string id;
};
/// A notification without a session, which has no effect.
struct DroppedPost {};

using PostRoute = std::variant<RefusedPost, StatelessPost, OpeningPost,
                               SessionPost, DroppedPost>;

PostRoute RoutePost(const http::HttpFields& fields,
                    const jsonrpc::Parsed& parsed,
                    const std::vector<MirroredArgument>& mirrored);

/// The answer to a message of a session that is not there.
RefusedPost SessionNotFound(const jsonrpc::Parsed& parsed);

/// The status of an answer that is not streamed.
int StatusOf(const Reply& answer, const protocol::Rules& rules);

}  // namespace pmcp::server
