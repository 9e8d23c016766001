#include "server/http/post_route.h"

#include <fmt/core.h>

#include <optional>

#include "server/core/dispatcher.h"
#include "server/core/lifecycle.h"
#include "server/core/protocol.h"

namespace pmcp::server {
namespace {

constexpr std::string_view kVersionField = "MCP-Protocol-Version";
constexpr std::string_view kSessionField = "Mcp-Session-Id";

/// Whether the header allows a session: it names a version that has sessions,
/// or none.
bool AllowsSession(const http::HttpFields& fields) {
  const std::string* name = fields.Find(kVersionField);
  if (name == nullptr) return true;
  const protocol::Version* version = protocol::FindVersion(*name);
  return version != nullptr && version->rules.has_sessions;
}

/// A request that names its version in the body, or should have. A name that
/// is missing, unknown or of a version with sessions is refused under the
/// rules of the newest stateless version.
StatelessPost Stateless(const jsonrpc::Request& request) {
  const protocol::Version* version =
      protocol::FindVersion(lifecycle::ClaimOf(request.params));
  return {version != nullptr && !version->rules.has_sessions
              ? version->rules
              : protocol::NewestStatelessVersion().rules};
}

/// A malformed message, or a batch without a session: the server refuses both,
/// under the rules that clients without params._meta expect.
StatelessPost Refused() { return {protocol::NewestSessionVersion().rules}; }

std::optional<RequestId> IdOf(const jsonrpc::Parsed& parsed) {
  if (parsed.is_batch) return std::nullopt;
  const auto* request = std::get_if<jsonrpc::Request>(&parsed.messages.front());
  return request == nullptr ? std::nullopt : std::optional(request->id);
}

RefusedPost Refuse(int status, const std::optional<RequestId>& id, int code,
                   std::string message, std::string data = "") {
  return {status,
          Reply::Refusal(id, {code, std::move(message), std::move(data)})};
}

/// Routes to the session that the header names, if the version there allows it.
PostRoute ToSession(const http::HttpFields& fields,
                    const jsonrpc::Parsed& parsed) {
  if (!AllowsSession(fields)) {
    return Refuse(
        400, IdOf(parsed), protocol::kInvalidRequest,
        fmt::format("{} must be the version of the session", kVersionField),
        protocol::SupportedVersionsData());
  }
  return SessionPost{std::string(fields.Get(kSessionField))};
}

PostRoute RouteRequest(const http::HttpFields& fields,
                       const jsonrpc::Parsed& parsed,
                       const std::vector<MirroredArgument>& mirrored) {
  const auto& message = parsed.messages.front();
  const auto& request = std::get<jsonrpc::Request>(message);
  if (lifecycle::HasClaim(message)) {
    // A key that is missing in the body comes before a header that mismatches.
    if (lifecycle::HasRequiredMeta(request.params)) {
      const auto error = CheckMirrorHeaders(fields, request, mirrored);
      if (error) return RefusedPost{400, Reply::Refusal(request.id, *error)};
    }
    return Stateless(request);
  }
  if (Dispatcher::IsStatelessOnly(request.method)) return Stateless(request);
  if (Dispatcher::IsInitialize(request.method)) {
    if (AllowsSession(fields)) return OpeningPost{};
    return Refuse(400, request.id, protocol::kHeaderMismatch,
                  fmt::format("Header mismatch: initialize is not part of the "
                              "version that {} names",
                              kVersionField),
                  protocol::SupportedVersionsData());
  }
  if (fields.Find(kSessionField) != nullptr) return ToSession(fields, parsed);
  if (!AllowsSession(fields)) return Stateless(request);
  return Refuse(400, request.id, protocol::kBadSession,
                fmt::format("Bad Request: {} header is required (send "
                            "initialize first), or \"{}\" in params._meta",
                            kSessionField, protocol::kMetaVersion),
                protocol::SupportedVersionsData());
}

}  // namespace

PostRoute RoutePost(const http::HttpFields& fields,
                    const jsonrpc::Parsed& parsed,
                    const std::vector<MirroredArgument>& mirrored) {
  const bool has_session = fields.Find(kSessionField) != nullptr;
  if (parsed.is_batch) {
    if (has_session) return ToSession(fields, parsed);
    return Refused();
  }
  const auto& message = parsed.messages.front();
  if (std::holds_alternative<jsonrpc::Request>(message)) {
    return RouteRequest(fields, parsed, mirrored);
  }
  if (std::holds_alternative<jsonrpc::Malformed>(message)) {
    return Refused();
  }
  if (has_session) return ToSession(fields, parsed);
  if (std::holds_alternative<jsonrpc::Notification>(message)) {
    return DroppedPost{};
  }
  return Refuse(400, std::nullopt, protocol::kInvalidRequest,
                "a response needs the session of its request");
}

RefusedPost SessionNotFound(const jsonrpc::Parsed& parsed) {
  return Refuse(404, IdOf(parsed), protocol::kSessionNotFound,
                "Session not found; send initialize again");
}

int StatusOf(const Reply& answer, const protocol::Rules& rules) {
  if (!answer.refused) return 200;
  switch (answer.error_code) {
    case protocol::kServerBusy:
      return 503;
    case protocol::kParseError:
    case protocol::kInvalidRequest:
      return 400;
    case protocol::kMethodNotFound:
      return rules.refuses_by_status ? 404 : 200;
    default:
      return rules.refuses_by_status ? 400 : 200;
  }
}

}  // namespace pmcp::server
