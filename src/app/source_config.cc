#include "app/source_config.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "app/config_file.h"
#include "app/parse_size.h"
#include "base/sanitize.h"
#include "base/text.h"
#include "base/time_range.h"
#include "http/client/url.h"

namespace pmcp::app {
namespace {

/// The options that apply to all sources of the command line.
SourceConfig Shared(const SourceTexts& texts,
                    std::vector<std::string>& problems) {
  SourceConfig shared{.ca_file = texts.ca_file,
                      .client_cert_file = texts.client_cert_file,
                      .client_key_file = texts.client_key_file};
  if (const auto timeout = ParseDuration(texts.timeout)) {
    shared.timeout = *timeout;
  } else {
    problems.push_back(fmt::format(
        "--timeout is \"{}\"; give for example 30s or 2m", texts.timeout));
  }
  if (const auto size = ParseSize(texts.max_response)) {
    shared.max_response_bytes = *size;
  } else {
    problems.push_back(
        fmt::format("--max-response is \"{}\"; give a number and KiB, MiB or "
                    "GiB, for example 256MiB",
                    texts.max_response));
  }
  return shared;
}

SourceConfig Pyroscope(const SourceTexts& texts, SourceConfig source) {
  source.name = "pyroscope";
  source.kind = SourceKind::kPyroscope;
  source.url = texts.pyroscope_url;
  source.credentials = {
      .token = Redacted(FromEnvironment("PYROSCOPE_TOKEN")),
      .token_file = texts.pyroscope_token_file,
      .username = texts.pyroscope_username,
      .password = Redacted(FromEnvironment("PYROSCOPE_PASSWORD")),
      .tenant_id = texts.tenant_id,
      .grafana_org_id = "",
      .named =
          "PYROSCOPE_TOKEN, or PYROSCOPE_USERNAME and PYROSCOPE_PASSWORD,"};
  return source;
}

SourceConfig Grafana(const SourceTexts& texts, SourceConfig source) {
  source.name = "grafana";
  source.kind = SourceKind::kGrafana;
  source.url = texts.grafana_url;
  source.datasource = texts.grafana_datasource;
  source.credentials = {
      .token = Redacted(FromEnvironment("GRAFANA_SERVICE_ACCOUNT_TOKEN")),
      .token_file = texts.grafana_token_file,
      .username = texts.grafana_username,
      .password = Redacted(FromEnvironment("GRAFANA_PASSWORD")),
      .tenant_id = "",
      .grafana_org_id = texts.grafana_org_id,
      .named =
          "GRAFANA_SERVICE_ACCOUNT_TOKEN, or GRAFANA_USERNAME and "
          "GRAFANA_PASSWORD,"};
  return source;
}

bool HasControlCharacter(std::string_view text) {
  return std::ranges::any_of(text, [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
  });
}

/// A line break in one of these values would inject a header.
bool HasBrokenHeader(const pyroscope::CredentialOptions& credentials) {
  return HasControlCharacter(credentials.token.Reveal()) ||
         HasControlCharacter(credentials.tenant_id);
}

}  // namespace

bool IsPlaceholder(std::string_view text) {
  return text.starts_with("${user_config.") && text.ends_with('}');
}

std::string FromEnvironment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value == nullptr || IsPlaceholder(value) ? "" : value;
}

void CheckSource(const std::string& where, const SourceConfig& source,
                 std::vector<std::string>& problems) {
  const auto add = [&](std::string_view what) {
    problems.push_back(fmt::format("{}: {}", where, what));
  };
  if (source.kind == SourceKind::kLocal) {
    if (source.folder.empty()) add("\"folder\" is missing");
    return;
  }
  if (const auto url = http::ParseUrl(source.url); !url.ok()) {
    add(url.error().message + "; " + url.error().hint);
  }
  const auto& credentials = source.credentials;
  const bool has_token =
      !credentials.token.empty() || !credentials.token_file.empty();
  if (!credentials.token.empty() && !credentials.token_file.empty()) {
    add("there is a token and a token file; give one of them");
  }
  if (has_token && !credentials.username.empty()) {
    add("there is a token and a user name; give one of them");
  }
  if (credentials.username.empty() != credentials.password.empty()) {
    add("a user name and a password belong together; one is missing");
  }
  if (HasBrokenHeader(credentials)) {
    add("a token or an id holds a control character, such as a line break");
  }
  const auto& org_id = credentials.grafana_org_id;
  if (!org_id.empty() && !IsDigits(org_id)) {
    add(fmt::format("the organisation is \"{}\"; give the number of one",
                    Sanitize(org_id)));
  }
  if (source.client_key_file.empty() != source.client_cert_file.empty()) {
    add("a client certificate and its key belong together; one is missing");
  }
}

void CheckNames(std::vector<std::string> names,
                std::vector<std::string>& problems) {
  std::ranges::sort(names);
  const auto twice = std::ranges::adjacent_find(names);
  if (twice == names.end()) return;
  problems.push_back(
      fmt::format("two sources are called \"{}\"", Sanitize(*twice)));
}

void ReadSources(const SourceTexts& texts, std::vector<SourceConfig>& sources,
                 std::vector<std::string>& problems) {
  const SourceConfig shared = Shared(texts, problems);
  if (!texts.pyroscope_url.empty()) {
    sources.push_back(Pyroscope(texts, shared));
    CheckSource("PYROSCOPE_URL", sources.back(), problems);
  }
  if (!texts.grafana_url.empty()) {
    sources.push_back(Grafana(texts, shared));
    CheckSource("GRAFANA_URL", sources.back(), problems);
  }
  if (texts.config_file.empty()) return;
  std::vector<SourceConfig> more =
      ReadConfigFile(texts.config_file, shared, problems);
  std::ranges::move(more, std::back_inserter(sources));
}

}  // namespace pmcp::app
