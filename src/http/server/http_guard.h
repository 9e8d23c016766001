// HttpGuard: decides from which callers to accept requests. The checks of Host
// and Origin stop web pages that send requests to a server on the machine of
// their reader (DNS rebinding); a bearer token stops all other callers.
//
// Pure functions of the header; thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/redacted.h"
#include "http/server/http_message.h"

namespace pmcp::http {

struct HttpGuardOptions {
  /// Host names to accept in addition to those of loopback, without a port; "*"
  /// accepts every name.
  std::vector<std::string> allowed_hosts;
  /// Origins of web pages to accept, in the form that browsers send; loopback
  /// origins are always accepted.
  std::vector<std::string> allowed_origins;
  Redacted<std::string> token;  // empty: requests need no token
};

class HttpGuard {
 public:
  explicit HttpGuard(HttpGuardOptions options) : options_(std::move(options)) {}

  /// Returns 403 with the option that allows the value, or nullopt.
  std::optional<ServerResponse> CheckHost(const HttpFields& fields) const;
  std::optional<ServerResponse> CheckOrigin(const HttpFields& fields) const;
  /// Returns 401, or nullopt.
  std::optional<ServerResponse> CheckToken(const HttpFields& fields) const;

  /// Adds the fields that let a page of a listed origin read the response.
  void AddCors(const HttpFields& request, ServerResponse& response) const;
  bool IsListedOrigin(std::string_view origin) const;

 private:
  const HttpGuardOptions options_;
};

/// Whether `host` names the loopback interface: "127.0.0.1", "::1", "[::1]" or
/// "localhost".
bool IsLoopbackName(std::string_view host);

}  // namespace pmcp::http
