#include "server/core/request_state.h"

#include <fmt/core.h>

#include "base/base64.h"
#include "base/constant_time.h"
#include "base/text.h"
#include "server/core/hmac.h"

namespace pmcp::server {
namespace {

// v1.<payload>.<mac>, the last two in Base64url; the payload is
// "<expiry in ms>:<state>".
constexpr std::string_view kPrefix = "v1.";

std::int64_t Milliseconds(RequestState::TimePoint time) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             time.time_since_epoch())
      .count();
}

/// One error for all failed checks: the difference would only help an attacker.
Error NotOurs() {
  return InvalidArgument("requestState is not one that this server gave",
                         "Send the request again without it.");
}

}  // namespace

Result<std::string> RequestState::Seal(std::string_view state,
                                       std::string_view purpose) const {
  const std::string payload = ToBase64Url(
      fmt::format("{}:{}", Milliseconds(now_() + kLifetime), state));
  PMCP_TRY(mac, Mac(payload, purpose));
  return fmt::format("{}{}.{}", kPrefix, payload, ToBase64Url(mac));
}

Result<std::string> RequestState::Open(std::string_view sealed,
                                       std::string_view purpose) const {
  if (sealed.size() > kMaxBytes || !sealed.starts_with(kPrefix)) {
    return NotOurs();
  }
  sealed.remove_prefix(kPrefix.size());
  const std::size_t dot = sealed.find('.');
  if (dot == std::string_view::npos) return NotOurs();
  const std::string_view payload = sealed.substr(0, dot);
  const auto given = DecodeBase64Url(sealed.substr(dot + 1));
  PMCP_TRY(mac, Mac(payload, purpose));
  if (!given || !EqualsInConstantTime(mac, *given)) return NotOurs();

  // The signature is valid, so the state has the form that Seal wrote.
  const auto plain = DecodeBase64Url(payload);
  const std::size_t colon = plain->find(':');
  const auto expiry = ParseInt64(std::string_view(*plain).substr(0, colon));
  if (Milliseconds(now_()) > *expiry) {
    return InvalidArgument("requestState has expired",
                           "Send the request again without it.");
  }
  return plain->substr(colon + 1);
}

Result<std::string> RequestState::Mac(std::string_view payload,
                                      std::string_view purpose) const {
  std::call_once(once_, [this] { key_.emplace(Hmac::NewKey()); });
  if (!*key_) return key_->error();
  // The payload contains no newline, so the separation is unambiguous.
  return Hmac::Sha256(**key_, fmt::format("{}\n{}", payload, purpose));
}

}  // namespace pmcp::server
