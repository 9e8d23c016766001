// Mirror headers: headers of an HTTP request that repeat parts of its body, for
// proxies that route by header. A request whose header and body differ is
// refused, so that a proxy and the server never act on different values.
//
//   header                 the part of the body
//   ---------------------  ------------------------------------------------
//   MCP-Protocol-Version   params._meta, the key protocol::kMetaVersion
//   Mcp-Method             method
//   Mcp-Name               params.name, params.uri or params.taskId
//   Mcp-Param-REGION       params.arguments.region, where the schema of the
//                          tool has "x-mcp-header": "REGION"
//
// Source: spec 2026-07-28, basic/transports/streamable-http. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/server/http_message.h"
#include "server/offer/tool.h"
#include "server/words/jsonrpc.h"
#include "server/words/rpc_error.h"

namespace pmcp::server {

/// An argument of a tool that a header repeats.
struct MirroredArgument {
  std::string tool;
  std::vector<std::string> path;  // below arguments: {"target", "region"}
  std::string header;             // "Mcp-Param-Region"
};

std::vector<MirroredArgument> MirroredArguments(const std::vector<Tool>& tools);

/// Returns an error for the first header that is missing or differs from the
/// body. `request` has the required keys of _meta.
std::optional<RpcError> CheckMirrorHeaders(
    const http::HttpFields& fields, const jsonrpc::Request& request,
    const std::vector<MirroredArgument>& arguments);

/// Decodes a header value: `=?base64?SGVsbG8=?=` is "Hello", other values are
/// plain. Returns nullopt for invalid Base64 or characters outside ASCII.
std::optional<std::string> DecodeMirrorValue(std::string_view value);

}  // namespace pmcp::server
