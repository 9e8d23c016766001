// RpcError: a failure of the protocol itself, sent as a JSON-RPC error.
//
// Not for what a model or an operator can act on: that is a pmcp::Error and
// travels inside a normal result (spec 2026-07-28, server/tools).
#pragma once

#include <string>
#include <variant>

namespace pmcp::server {

struct RpcError {
  int code = 0;  // one of protocol.h
  std::string message;
  std::string data;  // JSON text; empty: the error has no "data"
};

template <typename T>
using RpcResult = std::variant<T, RpcError>;

}  // namespace pmcp::server
