// SourceConfig: the configuration of one source, from options and environment
// or from the JSON file of --config.
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
  /// The option that chooses the data source, for errors.
  std::string datasource_named = "GRAFANA_DATASOURCE_UID";
  pyroscope::CredentialOptions credentials;
  std::string ca_file;
  std::string client_cert_file;
  std::string client_key_file;
  std::chrono::milliseconds timeout{30'000};
  std::size_t max_response_bytes = std::size_t{256} << 20;
  /// Request compressed responses; nullopt: unless the server is on this
  /// machine.
  std::optional<bool> gzip;
};

/// The options about sources as text.
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

/// Appends the configured sources to `sources` and every problem to `problems`.
/// Reads secrets from the environment.
void ReadSources(const SourceTexts& texts, std::vector<SourceConfig>& sources,
                 std::vector<std::string>& problems);

/// Appends the problems of one source; each begins with `where`.
void CheckSource(const std::string& where, const SourceConfig& source,
                 std::vector<std::string>& problems);

/// Appends a problem if two sources have the same name.
void CheckNames(std::vector<std::string> names,
                std::vector<std::string>& problems);

/// Whether `text` is a placeholder such as "${user_config.token}": some clients
/// pass it for a field that the user left empty in the form of an MCPB bundle.
bool IsPlaceholder(std::string_view text);

/// The value of an environment variable; "" if it is not set, or a placeholder.
std::string FromEnvironment(const std::string& name);

}  // namespace pmcp::app
