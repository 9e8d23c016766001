// Error: a failure, described so that a model or an operator can act on it.
//
// A value, not an exception: functions return Result<T> (base/result.h).
// Failures of the MCP protocol are server::RpcError.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace pmcp {

/// Why a call failed. The table in error.cc has the name of each kind in
/// messages, and whether the same call may succeed later.
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

/// One row of the table; `name` is the name in messages ("not_found").
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
