// HttpGuard: from whom requests are taken. Host and Origin against web pages
// that reach for a server on their reader's machine (DNS rebinding), a bearer
// token against everybody else.
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
  /// Names that Host may have beside those of this machine, without a port;
  /// "*" is any.
  std::vector<std::string> allowed_hosts;
  /// Origins of web pages that may ask, as browsers send them; pages of this
  /// machine may without being listed.
  std::vector<std::string> allowed_origins;
  Redacted<std::string> token;  // empty: nobody has to show one
};

class HttpGuard {
 public:
  explicit HttpGuard(HttpGuardOptions options) : options_(std::move(options)) {}

  /// 403 with what to set, or nullopt.
  std::optional<ServerResponse> CheckHost(const HttpFields& fields) const;
  std::optional<ServerResponse> CheckOrigin(const HttpFields& fields) const;
  /// 401, or nullopt.
  std::optional<ServerResponse> CheckToken(const HttpFields& fields) const;

  /// The fields that let the page of a listed origin read the answer.
  void AddCors(const HttpFields& request, ServerResponse& response) const;
  bool IsListedOrigin(std::string_view origin) const;

 private:
  const HttpGuardOptions options_;
};

/// "127.0.0.1", "::1", "localhost": nobody outside this machine gets there.
bool IsLoopbackName(std::string_view host);

}  // namespace pmcp::http
