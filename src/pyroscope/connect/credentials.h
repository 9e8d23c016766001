// Credentials: the authentication headers of requests. The token file is read
// for each request, so a replaced file takes effect at once. Thread-safe.
#pragma once

#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/redacted.h"
#include "base/result.h"
#include "http/client/http_client.h"

namespace pmcp::pyroscope {

/// A token, or the path of a file that holds one, or a user and a password.
struct CredentialOptions {
  Redacted<std::string> token;
  std::string token_file;
  std::string username;
  Redacted<std::string> password;
  /// X-Scope-OrgID; several tenants are separated by "|".
  std::string tenant_id;
  /// X-Grafana-Org-Id.
  std::string grafana_org_id;
  /// The option that the operator sets, for errors: "PYROSCOPE_TOKEN".
  std::string named;
};

class Credentials {
 public:
  explicit Credentials(CredentialOptions options);

  /// kUnauthenticated when the token file cannot be read or is empty.
  Result<std::vector<http::HttpHeader>> Headers() const;

  /// Replaces secrets in `text`, which a server may have sent back, by "***":
  /// the current ones, and the last tokens that were sent, since the token file
  /// may have changed.
  std::string Scrub(std::string text) const;

  const CredentialOptions& options() const { return options_; }

 private:
  Result<std::string> Token() const;
  std::string Basic() const;
  void Remember(const std::string& token) const;

  const CredentialOptions options_;
  mutable std::mutex mutex_;              // guards sent_
  mutable std::deque<std::string> sent_;  // tokens read from the file
};

}  // namespace pmcp::pyroscope
