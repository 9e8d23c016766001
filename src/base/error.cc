#include "base/error.h"

#include <array>
#include <utility>

#include "base/check.h"

namespace pmcp {
namespace {

constexpr std::array kRows = {
    ErrorKindRow{ErrorKind::kInvalidArgument, "invalid_argument", false},
    ErrorKindRow{ErrorKind::kNotFound, "not_found", false},
    ErrorKindRow{ErrorKind::kUnauthenticated, "unauthenticated", false},
    ErrorKindRow{ErrorKind::kPermissionDenied, "permission_denied", false},
    ErrorKindRow{ErrorKind::kRateLimited, "rate_limited", true},
    ErrorKindRow{ErrorKind::kUnavailable, "unavailable", true},
    ErrorKindRow{ErrorKind::kTimeout, "timeout", true},
    ErrorKindRow{ErrorKind::kTooLarge, "too_large", false},
    ErrorKindRow{ErrorKind::kUnsupported, "unsupported", false},
    ErrorKindRow{ErrorKind::kBadResponse, "bad_response", false},
    ErrorKindRow{ErrorKind::kCancelled, "cancelled", false},
    ErrorKindRow{ErrorKind::kInternal, "internal", false},
};

const ErrorKindRow& RowOf(ErrorKind kind) {
  const auto index = static_cast<std::size_t>(kind);
  PMCP_CHECK(index < kRows.size() && kRows[index].kind == kind);
  return kRows[index];
}

}  // namespace

std::span<const ErrorKindRow> ErrorKinds() { return kRows; }

std::string_view Name(ErrorKind kind) { return RowOf(kind).name; }

bool IsRetryable(ErrorKind kind) { return RowOf(kind).retryable; }

Error InvalidArgument(std::string message, std::string hint) {
  return {ErrorKind::kInvalidArgument, std::move(message), std::move(hint)};
}

Error NotFound(std::string message, std::string hint) {
  return {ErrorKind::kNotFound, std::move(message), std::move(hint)};
}

Error Cancelled() {
  return {ErrorKind::kCancelled, "the call was cancelled", ""};
}

}  // namespace pmcp
