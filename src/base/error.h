// Error: what went wrong, in a form that a model or an operator can act on.
//
// A value, not an exception: functions return Result<T> (base/result.h).
// Protocol failures of MCP itself are server::RpcError, not this.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace pmcp {

/// Why a call failed. The table in error.cc gives each kind its wire name and
/// says whether the same call may succeed later.
enum class ErrorKind {
  kInvalidArgument,
  kNotFound,
  kUnauthenticated,
  kPermissionDenied,
  kRateLimited,
  kUnavailable,
  kTimeout,
  kTooLarge,
  kUnsupported,
  kBadResponse,
  kCancelled,
  kInternal,
};

/// One row of the taxonomy; `name` is what goes on the wire ("not_found").
struct ErrorKindRow {
  ErrorKind kind;
  std::string_view name;
  bool retryable;
};

/// All kinds in the order of the enum.
std::span<const ErrorKindRow> ErrorKinds();

std::string_view Name(ErrorKind kind);
bool IsRetryable(ErrorKind kind);

/// `message` is lower case, without a full stop, and quotes the offending
/// value; `hint` is an imperative sentence that says what to do next.
struct Error {
  ErrorKind kind = ErrorKind::kInternal;
  std::string message;
  std::string hint;
};

Error InvalidArgument(std::string message, std::string hint = {});
Error NotFound(std::string message, std::string hint = {});
Error Cancelled();

}  // namespace pmcp
