// RpcError: a failure of the protocol itself, sent as a JSON-RPC error.
//
// Not for what a model or an operator can act on: that is a pmcp::Error and
// travels inside a normal result (spec 2026-07-28, server/tools).
#pragma once

#include <string>
#include <variant>

namespace pmcp::server {

struct RpcError {
  int code = 0;  // one of the constants below
  std::string message;
  std::string data;  // JSON text; empty: the error has no "data"
};

template <typename T>
using RpcResult = std::variant<T, RpcError>;

namespace protocol {

inline constexpr int kParseError = -32700;
inline constexpr int kInvalidRequest = -32600;
inline constexpr int kMethodNotFound = -32601;
inline constexpr int kInvalidParams = -32602;
inline constexpr int kInternalError = -32603;
inline constexpr int kHeaderMismatch = -32020;
/// Of revisions up to 2025-11-25; later ones use kInvalidParams.
inline constexpr int kResourceNotFound = -32002;
inline constexpr int kMissingClientCapability = -32021;
inline constexpr int kUnsupportedVersion = -32022;
/// Sessions over HTTP: the codes of the official server libraries.
inline constexpr int kBadSession = -32000;
inline constexpr int kSessionNotFound = -32001;
/// Ours: outside the range that JSON-RPC and MCP keep for themselves.
inline constexpr int kServerBusy = 1503;
inline constexpr int kRateLimited = 1429;

}  // namespace protocol
}  // namespace pmcp::server
