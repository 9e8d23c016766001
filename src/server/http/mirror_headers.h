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

/// An argument of a tool that is mirrored.
struct MirroredArgument {
  std::string tool;
  std::vector<std::string> path;  // below arguments: {"target", "region"}
  std::string header;             // "Mcp-Param-Region"
};

std::vector<MirroredArgument> MirroredArguments(const std::vector<Tool>& tools);

/// The first header that is missing, or that says something else than the
/// body. `request` has the required _meta.
std::optional<RpcError> CheckMirrorHeaders(
    const http::HttpFields& fields, const jsonrpc::Request& request,
    const std::vector<MirroredArgument>& arguments);

/// A value as the client meant it: `=?base64?SGVsbG8=?=` is decoded. Nullopt
/// when it cannot be what any client sends.
std::optional<std::string> DecodeMirrorValue(std::string_view value);

}  // namespace pmcp::server
