// Url: the parts of an address that an operator configured, or that a server
// redirects to.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace pmcp::http {

struct Url {
  std::string scheme;  // "http", "https" or "unix", in lower case
  std::string host;    // in lower case; "[::1]" for IPv6; "" for "unix"
  std::string port;    // as given, or the scheme's
  std::string path;    // "" or "/prefix", without a slash at the end

  /// "https://host:443": what must be equal for a redirect to be followed.
  std::string Origin() const;
  bool IsLoopback() const;
};

/// `http://host[:port][/prefix]`, the same with https, or `unix:///socket`.
/// Refused: credentials in it (they belong elsewhere, and would be logged), a
/// query, a fragment.
Result<Url> ParseUrl(std::string_view text);

/// All but letters, digits and "-._~" as %XX.
std::string PercentEncode(std::string_view text);

}  // namespace pmcp::http
