#include "pyroscope/connect/credentials.h"

#include <fmt/core.h>

#include <algorithm>
#include <fstream>
#include <utility>

#include "base/base64.h"
#include "base/text.h"

namespace pmcp::pyroscope {
namespace {

constexpr std::size_t kMaxTokenBytes = 64 * 1024;
/// A shorter secret would match unrelated text.
constexpr std::size_t kMinScrubbedBytes = 4;
/// The token file is not replaced more often than this during one request.
constexpr std::size_t kMaxRemembered = 4;

void Replace(std::string_view secret, std::string& text) {
  if (secret.size() < kMinScrubbedBytes) return;
  for (auto at = text.find(secret); at != std::string::npos;
       at = text.find(secret, at)) {
    text.replace(at, secret.size(), "***");
  }
}

Error BadTokenFile(const std::string& file, std::string_view why) {
  return {ErrorKind::kUnauthenticated,
          fmt::format("the token file \"{}\" {}", file, why),
          "Put the token into it, on one line, readable by this program."};
}

}  // namespace

Credentials::Credentials(CredentialOptions options)
    : options_(std::move(options)) {}

Result<std::string> Credentials::Token() const {
  if (options_.token_file.empty()) return options_.token.Reveal();
  std::ifstream file(options_.token_file, std::ios::binary);
  if (!file) return BadTokenFile(options_.token_file, "cannot be read");
  std::string text(kMaxTokenBytes, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  const std::string token(Trim(text));
  if (token.empty()) return BadTokenFile(options_.token_file, "is empty");
  if (token.find_first_of("\r\n") != std::string::npos) {
    return BadTokenFile(options_.token_file, "has several lines");
  }
  return token;
}

std::string Credentials::Basic() const {
  return ToBase64(options_.username + ":" + options_.password.Reveal());
}

Result<std::vector<http::HttpHeader>> Credentials::Headers() const {
  std::vector<http::HttpHeader> headers;
  const auto add = [&](std::string name, std::string value) {
    headers.push_back({std::move(name), Redacted(std::move(value))});
  };
  PMCP_TRY(token, Token());
  if (!token.empty()) {
    Remember(token);
    add("Authorization", "Bearer " + token);
  } else if (!options_.username.empty()) {
    add("Authorization", "Basic " + Basic());
  }
  if (!options_.tenant_id.empty()) add("X-Scope-OrgID", options_.tenant_id);
  if (!options_.grafana_org_id.empty()) {
    add("X-Grafana-Org-Id", options_.grafana_org_id);
  }
  return headers;
}

void Credentials::Remember(const std::string& token) const {
  if (options_.token_file.empty()) return;
  const std::lock_guard lock(mutex_);
  if (std::ranges::find(sent_, token) != sent_.end()) return;
  sent_.push_back(token);
  if (sent_.size() > kMaxRemembered) sent_.pop_front();
}

std::string Credentials::Scrub(std::string text) const {
  if (const auto token = Token(); token.ok()) Replace(*token, text);
  {
    const std::lock_guard lock(mutex_);
    for (const std::string& token : sent_) Replace(token, text);
  }
  if (!options_.password.empty()) {
    Replace(Basic(), text);
    Replace(options_.password.Reveal(), text);
  }
  return text;
}

}  // namespace pmcp::pyroscope
