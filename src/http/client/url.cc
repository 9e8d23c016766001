#include "http/client/url.h"

#include <fmt/core.h>

#include "base/sanitize.h"
#include "base/text.h"

namespace pmcp::http {
namespace {

constexpr std::string_view kHint =
    "Give for example http://localhost:4040, https://host/prefix or "
    "unix:///run/pyroscope.sock.";

Error Wrong(std::string_view text, std::string_view why) {
  constexpr std::size_t kQuotedCodePoints = 80;
  return InvalidArgument(
      fmt::format("the URL \"{}\" {}",
                  Shorten(Sanitize(text), kQuotedCodePoints), why),
      std::string(kHint));
}

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

bool IsUnreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
}

bool IsPort(std::string_view text) {
  const auto port = ParseInt64(text);
  return port && *port > 0 && *port < 65536;
}

/// The position of the ":" before the port; an IPv6 host also contains colons.
std::size_t PortColon(std::string_view authority) {
  const std::size_t colon = authority.rfind(':');
  if (colon == std::string_view::npos) return colon;
  const bool inside = authority.find(']', colon) != std::string_view::npos;
  return inside ? std::string_view::npos : colon;
}

}  // namespace

std::string Url::Origin() const {
  return fmt::format("{}://{}:{}", scheme, host, port);
}

bool Url::IsLoopback() const {
  return scheme == "unix" || host == "localhost" || host == "[::1]" ||
         host.starts_with("127.");
}

Result<Url> ParseUrl(std::string_view text) {
  const std::size_t scheme_end = text.find("://");
  if (scheme_end == std::string_view::npos) {
    return Wrong(text, "does not begin with http:// or https://");
  }
  Url url{.scheme = Lower(text.substr(0, scheme_end))};
  std::string_view rest = text.substr(scheme_end + 3);
  if (url.scheme == "unix") {
    url.path = rest;
    if (rest.size() < 2 || rest[0] != '/') return Wrong(text, "has no path");
    return url;
  }
  if (url.scheme != "http" && url.scheme != "https") {
    return Wrong(url.scheme + "://…", "is neither http nor https");
  }
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  rest.remove_prefix(authority.size());
  if (authority.find('@') != std::string_view::npos) {
    return InvalidArgument(
        "the URL holds a user name or a password",
        "Remove them from the URL; use the variables for credentials.");
  }
  const std::size_t colon = PortColon(authority);
  url.host = Lower(authority.substr(0, colon));
  url.port = colon == std::string_view::npos
                 ? (url.scheme == "https" ? "443" : "80")
                 : std::string(authority.substr(colon + 1));
  if (url.host.empty()) return Wrong(text, "has no host");
  if (!IsPort(url.port)) return Wrong(text, "has no valid port");
  if (rest.find_first_of("?# ") != std::string_view::npos) {
    return Wrong(text, "has a query, a fragment or a blank");
  }
  while (rest.ends_with('/')) rest.remove_suffix(1);
  url.path = rest;
  return url;
}

std::string PercentEncode(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    if (IsUnreserved(c)) {
      encoded += c;
    } else {
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return encoded;
}

}  // namespace pmcp::http
