#include "http/server/http_guard.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/constant_time.h"
#include "base/sanitize.h"
#include "base/text.h"

namespace pmcp::http {
namespace {

constexpr std::string_view kBearer = "Bearer ";
constexpr std::size_t kShownBytes = 80;

/// "[::1]:80" → "[::1]"; "a:80" → "a". Nullopt for every other form, such as
/// "user@a" or a port that is not a number.
std::optional<std::string_view> WithoutPort(std::string_view host) {
  std::size_t end = host.find(':');
  if (host.starts_with('[')) {
    end = host.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    ++end;
  }
  const auto name = host.substr(0, end);
  const auto rest =
      end == std::string_view::npos ? std::string_view() : host.substr(end);
  const bool port_is_fine =
      rest.empty() || (rest.size() > 1 && rest.size() <= 6 && rest[0] == ':' &&
                       ParseInt64(rest.substr(1)).value_or(-1) >= 0);
  if (name.empty() || !port_is_fine ||
      name.find_first_of("@/?#\\ ") != std::string_view::npos) {
    return std::nullopt;
  }
  return name;
}

ServerResponse Forbidden(std::string_view what, std::string_view value,
                         std::string_view flag) {
  const auto shown = Sanitize(value.substr(0, kShownBytes));
  return {.status = 403,
          .content_type = "text/plain; charset=utf-8",
          .body = fmt::format("{} \"{}\" is not allowed; the operator can "
                              "allow it with {}\n",
                              what, shown, flag)};
}

bool IsLoopbackOrigin(std::string_view origin) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!origin.starts_with(scheme)) continue;
    const auto name = WithoutPort(origin.substr(scheme.size()));
    return name && IsLoopbackName(*name);
  }
  return false;
}

}  // namespace

bool IsLoopbackName(std::string_view host) {
  return EqualsIgnoringCase(host, "localhost") || host == "127.0.0.1" ||
         host == "::1" || host == "[::1]";
}

std::optional<ServerResponse> HttpGuard::CheckHost(
    const HttpFields& fields) const {
  const auto host = fields.Get("Host");
  const auto name = WithoutPort(host);
  const auto is_allowed = [&](const std::string& allowed) {
    return allowed == "*" || EqualsIgnoringCase(allowed, *name);
  };
  if (name && (IsLoopbackName(*name) ||
               std::ranges::any_of(options_.allowed_hosts, is_allowed))) {
    return std::nullopt;
  }
  return Forbidden("Host", host, "--allowed-hosts");
}

std::optional<ServerResponse> HttpGuard::CheckOrigin(
    const HttpFields& fields) const {
  const std::string* origin = fields.Find("Origin");
  if (origin == nullptr || IsLoopbackOrigin(*origin) ||
      IsListedOrigin(*origin)) {
    return std::nullopt;
  }
  return Forbidden("Origin", *origin, "--allowed-origins");
}

std::optional<ServerResponse> HttpGuard::CheckToken(
    const HttpFields& fields) const {
  if (options_.token.empty()) return std::nullopt;
  const auto value = fields.Get("Authorization");
  if (value.size() > kBearer.size() &&
      EqualsIgnoringCase(value.substr(0, kBearer.size()), kBearer) &&
      EqualsInConstantTime(options_.token.Reveal(),
                           Trim(value.substr(kBearer.size())))) {
    return std::nullopt;
  }
  ServerResponse response{
      .status = 401,
      .content_type = "text/plain",
      .body = "a bearer token is required: Authorization: Bearer …\n"};
  response.fields.Add(
      "WWW-Authenticate",
      value.empty() ? "Bearer" : "Bearer error=\"invalid_token\"");
  return response;
}

bool HttpGuard::IsListedOrigin(std::string_view origin) const {
  return std::ranges::any_of(options_.allowed_origins,
                             [&](const std::string& allowed) {
                               return EqualsIgnoringCase(allowed, origin);
                             });
}

void HttpGuard::AddCors(const HttpFields& request,
                        ServerResponse& response) const {
  const std::string* origin = request.Find("Origin");
  if (origin == nullptr || !IsListedOrigin(*origin)) return;
  // Equal to a configured origin, so the response copies no untrusted text.
  response.fields.Add("Access-Control-Allow-Origin", *origin);
  response.fields.Add("Access-Control-Expose-Headers",
                      "Mcp-Session-Id, Retry-After, WWW-Authenticate");
  response.fields.Add("Vary", "Origin");
}

}  // namespace pmcp::http
