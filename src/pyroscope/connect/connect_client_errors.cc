#include "pyroscope/connect/connect_client_errors.h"

#include <fmt/core.h>

#include <array>
#include <utility>

#include "base/sanitize.h"
#include "base/text.h"
#include "http/client/url.h"
#include "pyroscope/connect/connect_client_json.h"
#include "pyroscope/connect/grafana_errors.h"

namespace pmcp::pyroscope {
namespace {

struct CodeRow {
  std::string_view code;
  ErrorKind kind;
};
// See docs/pyroscope-behavior.md, "Error codes". A query that fails inside the
// server has the code "unknown".
constexpr std::array kCodes = {
    CodeRow{"canceled", ErrorKind::kUnavailable},
    CodeRow{"unknown", ErrorKind::kUnavailable},
    CodeRow{"invalid_argument", ErrorKind::kInvalidArgument},
    CodeRow{"deadline_exceeded", ErrorKind::kTimeout},
    CodeRow{"not_found", ErrorKind::kNotFound},
    CodeRow{"already_exists", ErrorKind::kInvalidArgument},
    CodeRow{"permission_denied", ErrorKind::kPermissionDenied},
    CodeRow{"resource_exhausted", ErrorKind::kRateLimited},
    CodeRow{"failed_precondition", ErrorKind::kInvalidArgument},
    CodeRow{"aborted", ErrorKind::kUnavailable},
    CodeRow{"out_of_range", ErrorKind::kInvalidArgument},
    CodeRow{"unimplemented", ErrorKind::kUnsupported},
    CodeRow{"internal", ErrorKind::kUnavailable},
    CodeRow{"unavailable", ErrorKind::kUnavailable},
    CodeRow{"data_loss", ErrorKind::kUnavailable},
    CodeRow{"unauthenticated", ErrorKind::kUnauthenticated},
};

struct StatusRow {
  int status;
  ErrorKind kind;
};
constexpr std::array kStatuses = {
    StatusRow{400, ErrorKind::kInvalidArgument},
    StatusRow{401, ErrorKind::kUnauthenticated},
    StatusRow{403, ErrorKind::kPermissionDenied},
    StatusRow{404, ErrorKind::kUnsupported},
    StatusRow{405, ErrorKind::kUnsupported},
    StatusRow{408, ErrorKind::kTimeout},
    StatusRow{413, ErrorKind::kTooLarge},
    StatusRow{415, ErrorKind::kUnsupported},
    StatusRow{429, ErrorKind::kRateLimited},
    StatusRow{501, ErrorKind::kUnsupported},
    StatusRow{504, ErrorKind::kTimeout},
};

std::string HintOf(ErrorKind kind, const http::ClientResponse& response,
                   const AskedServer& asked) {
  switch (kind) {
    case ErrorKind::kUnauthenticated:
      return fmt::format(
          "Set {} to valid credentials{}.", asked.credential,
          asked.tenant_id.empty()
              ? ", and the tenant id (PYROSCOPE_TENANT_ID) if the "
                "server has tenants"
              : "");
    case ErrorKind::kPermissionDenied:
      return fmt::format("Give the account behind {} that permission.",
                         asked.credential);
    case ErrorKind::kNotFound:
      return "Check the configuration of this source.";
    case ErrorKind::kUnsupported:
      return "Check that the URL is Pyroscope's, with its path prefix, and "
             "that the server is recent enough.";
    case ErrorKind::kRateLimited:
      return response.retry_after.empty()
                 ? "Try again in a minute, with a narrower question."
                 : fmt::format("Try again in {} s, with a narrower question.",
                               Shorten(Sanitize(response.retry_after), 20));
    case ErrorKind::kTimeout:
    case ErrorKind::kTooLarge:
      return "Ask for a shorter window or a narrower selector.";
    case ErrorKind::kInvalidArgument:
      return "Change the argument that the message names.";
    default:
      return "Try again later; if it still fails, read the server's log.";
  }
}

Error OldReadPath(const std::string& said, const AskedServer& asked) {
  return {ErrorKind::kUnsupported,
          fmt::format("{} reads from its old storage (v1), which cannot do "
                      "this: {}",
                      asked.url, said),
          "Leave out the argument that is refused, choose a later window, or "
          "start the server with -architecture.storage=v2."};
}

/// The origin of the redirect target; within the same origin its path, which
/// is mostly "/login".
std::string TargetOf(const http::ClientResponse& response,
                     const AskedServer& asked) {
  const auto target = http::ParseUrl(response.redirects_to);
  if (!target.ok()) return "somewhere else";
  const auto source = http::ParseUrl(asked.url);
  if (!source.ok() || source->Origin() != target->Origin()) {
    return target->Origin();
  }
  return target->path.empty() ? "/" : Shorten(Sanitize(target->path), 60);
}

Error Redirected(const http::ClientResponse& response,
                 const AskedServer& asked) {
  return {ErrorKind::kUnavailable,
          fmt::format("{} redirects to {}, which is not followed", asked.url,
                      TargetOf(response, asked)),
          "Set the URL of this source to the server's final address, or check "
          "the credentials: a login page redirects, too."};
}

Error WebPage(const http::ClientResponse& response, const AskedServer& asked) {
  if (asked.through_grafana) return GrafanaPage(response, asked);
  if (response.status == 401 || response.status == 403) {
    const ErrorKind kind = KindOf(response.status, "");
    return {kind,
            fmt::format("{} refused {} with a web page (status {}): a proxy in "
                        "front of it wants {}",
                        asked.url, asked.method, response.status,
                        response.status == 401 ? "other credentials"
                                               : "another account"),
            HintOf(kind, response, asked)};
  }
  return {response.status == 200 ? ErrorKind::kBadResponse
                                 : KindOf(response.status, ""),
          fmt::format("{} answered {} with a web page (status {})", asked.url,
                      asked.method, response.status),
          "Check that the URL is Pyroscope's, with its path prefix, and check "
          "any proxy in front of it."};
}

/// Every Pyroscope accepts protobuf, so something else answered.
Error ProtobufRefused(const std::string& said, const AskedServer& asked) {
  return {ErrorKind::kUnsupported,
          fmt::format("{} refused {} with status 415: it does not accept "
                      "content of type \"application/proto\"{}{}",
                      asked.url, asked.method, said.empty() ? "" : ": ", said),
          "Check that the URL is Pyroscope's, with its path prefix, and that "
          "no proxy in front of it refuses that type."};
}

Error WrongContent(const http::ClientResponse& response,
                   const AskedServer& asked) {
  return {
      ErrorKind::kBadResponse,
      fmt::format("{} answered {} with content of type \"{}\"", asked.url,
                  asked.method, Shorten(Sanitize(response.content_type), 60)),
      "Check that the URL is Pyroscope's, with its path prefix."};
}

/// The text of a body that is not a Connect error: proxies send plain text, and
/// some send text with the Content-Type of JSON. "" for other types.
std::string TextOf(const http::ClientResponse& response, bool is_object) {
  const auto& type = response.content_type;
  const bool is_text = type.starts_with("text/plain") ||
                       (type.starts_with("application/json") && !is_object);
  if (!is_text) return "";
  return Shorten(Sanitize(Trim(response.body.substr(0, 2048))), 200);
}

}  // namespace

ErrorKind KindOf(int status, std::string_view code) {
  for (const CodeRow& row : kCodes) {
    if (row.code == code) return row.kind;
  }
  for (const StatusRow& row : kStatuses) {
    if (row.status == status) return row.kind;
  }
  return ErrorKind::kUnavailable;
}

bool IsOldReadPath(std::string_view said) {
  return said.find("v1 frontend") != std::string_view::npos ||
         said.find("v2 query backend") != std::string_view::npos;
}

bool IsWebPage(const http::ClientResponse& response) {
  return response.content_type.starts_with("text/html") ||
         Trim(std::string_view(response.body).substr(0, 64)).starts_with("<");
}

Error ErrorOf(const http::ClientResponse& response, const AskedServer& asked) {
  if (!response.redirects_to.empty()) return Redirected(response, asked);
  if (IsWebPage(response)) return WebPage(response, asked);
  if (response.status == 200) return WrongContent(response, asked);
  const auto parsed = ParseErrorBody(response.body);
  const ErrorBody body = parsed.value_or(ErrorBody{});
  const std::string said = body.message.empty()
                               ? TextOf(response, parsed.has_value())
                               : body.message;
  const bool by_grafana = asked.through_grafana && body.code.empty();
  const ErrorKind kind = by_grafana ? KindBehindGrafana(said, response)
                                    : KindOf(response.status, body.code);
  if (kind == ErrorKind::kUnsupported && IsOldReadPath(said)) {
    return OldReadPath(said, asked);
  }
  if (response.status == 415) return ProtobufRefused(said, asked);
  std::string hint =
      by_grafana ? HintBehindGrafana(kind, said, response, asked) : "";
  if (hint.empty()) hint = HintOf(kind, response, asked);
  return {
      kind,
      fmt::format("{} refused {} with status {}{}{}", asked.url, asked.method,
                  response.status, said.empty() ? "" : ": ", said),
      std::move(hint)};
}

}  // namespace pmcp::pyroscope
