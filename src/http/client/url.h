// Url: the parts of a URL from the configuration or from a redirect.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace pmcp::http {

struct Url {
  std::string scheme;  // "http", "https" or "unix", in lower case
  std::string host;    // in lower case; "[::1]" for IPv6; "" for "unix"
  std::string port;    // as given, or the default of the scheme
  std::string path;    // "" or "/prefix", without a slash at the end

  /// "https://host:443". A redirect is followed only within one origin.
  std::string Origin() const;
  bool IsLoopback() const;
};

/// Parses `http://host[:port][/prefix]`, the same with https, or
/// `unix:///socket`. Refuses credentials (they would be logged; the
/// configuration has options for them), a query and a fragment.
Result<Url> ParseUrl(std::string_view text);

/// Encodes all bytes but letters, digits and "-._~" as %XX.
std::string PercentEncode(std::string_view text);

}  // namespace pmcp::http
