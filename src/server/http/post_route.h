// PostRoute: to whom a posted message belongs. The decision table of the two
// protocol eras on one endpoint, by header and body alone; nothing is done.
//
// Source: spec 2026-07-28, basic/versioning and basic/transports. Pure.
#pragma once

#include <string>
#include <variant>

#include "http/server/http_message.h"
#include "server/core/reply_once.h"
#include "server/http/mirror_headers.h"
#include "server/words/jsonrpc.h"

namespace pmcp::server {

/// Refused here; `status` of HTTP, and the JSON-RPC error as the body.
struct RefusedPost {
  int status = 400;
  Reply answer;
};
/// Needs no session: a modern request, or one that will be refused as such.
struct StatelessPost {
  /// False for what the core refuses anyway, whatever its era.
  bool is_modern = true;
};
/// Opens a legacy session.
struct OpeningPost {};
/// Belongs to the session of this id, if there is one.
struct SessionPost {
  std::string id;
};
/// A notification that concerns nobody.
struct DroppedPost {};

using PostRoute = std::variant<RefusedPost, StatelessPost, OpeningPost,
                               SessionPost, DroppedPost>;

PostRoute RoutePost(const http::HttpFields& fields,
                    const jsonrpc::Parsed& parsed,
                    const std::vector<MirroredArgument>& mirrored);

/// The answer to a message of a session that is not there.
RefusedPost SessionNotFound(const jsonrpc::Parsed& parsed);

/// The status of an answer that is not streamed.
int StatusOf(const Reply& answer, bool is_modern);

}  // namespace pmcp::server
