// Credentials: the headers that say who asks, made anew for each request, so
// that a token file that was replaced counts at once. Thread-safe.
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

/// A token, or the name of a file that holds one, or a user and a password.
struct CredentialOptions {
  Redacted<std::string> token;
  std::string token_file;
  std::string username;
  Redacted<std::string> password;
  /// X-Scope-OrgID; several are written "a|b".
  std::string tenant_id;
  /// X-Grafana-Org-Id.
  std::string grafana_org_id;
  /// What the operator sets to change them, for errors: "PYROSCOPE_TOKEN".
  std::string named;
};

class Credentials {
 public:
  explicit Credentials(CredentialOptions options);

  /// kUnauthenticated when the token file cannot be read or is empty.
  Result<std::vector<http::HttpHeader>> Headers() const;

  /// `text` without any of the secrets, should a server send them back: those
  /// of now, and the tokens that were sent last, as a file may have changed
  /// since.
  std::string Scrub(std::string text) const;

  const CredentialOptions& options() const { return options_; }

 private:
  Result<std::string> Token() const;
  std::string Basic() const;
  void Remember(const std::string& token) const;

  const CredentialOptions options_;
  mutable std::mutex mutex_;              // guards sent_
  mutable std::deque<std::string> sent_;  // tokens of a file
};

}  // namespace pmcp::pyroscope
