// SourceConfig: one more source, a server or a folder, from options and
// environment for the usual single one, or from a JSON file for several.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pyroscope/connect/credentials.h"

namespace pmcp::app {

enum class SourceKind { kLocal, kPyroscope, kGrafana };

struct SourceConfig {
  std::string name;
  SourceKind kind = SourceKind::kPyroscope;
  std::string folder;  // kLocal
  std::string url;
  std::string datasource;  // kGrafana: a uid or a name
  /// What the operator sets to choose one, for errors.
  std::string datasource_named = "GRAFANA_DATASOURCE_UID";
  pyroscope::CredentialOptions credentials;
  std::string ca_file;
  std::string client_cert_file;
  std::string client_key_file;
  std::chrono::milliseconds timeout{30'000};
  std::size_t max_response_bytes = std::size_t{256} << 20;
  /// Ask for compressed answers; nullopt: unless the server is on this machine.
  std::optional<bool> gzip;
};

/// The options about servers as they came.
struct SourceTexts {
  std::string pyroscope_url;
  std::string tenant_id;
  std::string pyroscope_token_file;
  std::string pyroscope_username;
  std::string grafana_url;
  std::string grafana_datasource;
  std::string grafana_token_file;
  std::string grafana_username;
  std::string grafana_org_id;
  std::string ca_file;
  std::string client_cert_file;
  std::string client_key_file;
  std::string timeout;
  std::string max_response;
  std::string config_file;
};

/// Appends to both. Secrets are read from the environment here.
void ReadSources(const SourceTexts& texts, std::vector<SourceConfig>& sources,
                 std::vector<std::string>& problems);

/// What is wrong with one source, each sentence beginning with `where`.
void CheckSource(const std::string& where, const SourceConfig& source,
                 std::vector<std::string>& problems);

/// No two sources have one name.
void CheckNames(std::vector<std::string> names,
                std::vector<std::string>& problems);

/// "${user_config.token}": a field of an MCPB bundle's form that the user left
/// empty; some clients hand over its name.
bool IsPlaceholder(std::string_view text);

/// The value of an environment variable; "" when it is not set, or set to a
/// placeholder.
std::string FromEnvironment(const std::string& name);

}  // namespace pmcp::app
