#include "app/config.h"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <filesystem>
#include <iterator>
#include <optional>

#include "app/parse_size.h"
#include "app/profile_paths.h"
#include "app/version.h"
#include "base/text.h"

namespace pmcp::app {
namespace {

/// The options as text, before they are parsed.
struct RawOptions : SourceTexts {
  HttpTexts http;
  std::string profiles_dir;
  std::string store_memory;
  std::string export_dir;
  std::string log_level;
};

struct BoundOption {
  OptionRow row;
  std::string& (*field)(RawOptions&);
};

template <auto kField>
std::string& Of(RawOptions& raw) {
  return raw.*kField;
}
template <auto kField>
std::string& OfHttp(RawOptions& raw) {
  return raw.http.*kField;
}

constexpr std::string_view kProfilesFlag = "--profiles-dir";

constexpr std::array kOptions = {
    BoundOption{{kProfilesFlag, "PROFILES_DIR", "PATH", "",
                 "Folder of profiles, or one file (the source \"local\"); "
                 "several, separated by : or by repeating the flag, are one "
                 "source each"},
                Of<&RawOptions::profiles_dir>},
    BoundOption{{"--pyroscope-url", "PYROSCOPE_URL", "URL", "",
                 "Pyroscope server (the source \"pyroscope\"), with its path "
                 "prefix; or unix:///socket"},
                Of<&RawOptions::pyroscope_url>},
    BoundOption{{"--tenant-id", "PYROSCOPE_TENANT_ID", "ID", "",
                 "Tenant of Pyroscope; separate several with |"},
                Of<&RawOptions::tenant_id>},
    BoundOption{
        {"--pyroscope-token-file", "PYROSCOPE_TOKEN_FILE", "FILE", "",
         "File with the bearer token for Pyroscope; read for each request"},
        Of<&RawOptions::pyroscope_token_file>},
    BoundOption{{"--pyroscope-username", "PYROSCOPE_USERNAME", "USER", "",
                 "User name for Pyroscope, with PYROSCOPE_PASSWORD"},
                Of<&RawOptions::pyroscope_username>},
    BoundOption{{"--grafana-url", "GRAFANA_URL", "URL", "",
                 "Grafana with a Pyroscope data source (the source "
                 "\"grafana\")"},
                Of<&RawOptions::grafana_url>},
    BoundOption{{"--grafana-datasource-uid", "GRAFANA_DATASOURCE_UID", "UID",
                 "", "Uid or name of the data source, if there are several"},
                Of<&RawOptions::grafana_datasource>},
    BoundOption{
        {"--grafana-token-file", "GRAFANA_SERVICE_ACCOUNT_TOKEN_FILE", "FILE",
         "", "File with the service account token; read for each request"},
        Of<&RawOptions::grafana_token_file>},
    BoundOption{{"--grafana-username", "GRAFANA_USERNAME", "USER", "",
                 "User name for Grafana, with GRAFANA_PASSWORD"},
                Of<&RawOptions::grafana_username>},
    BoundOption{{"--grafana-org-id", "GRAFANA_ORG_ID", "ID", "",
                 "Organisation id in Grafana"},
                Of<&RawOptions::grafana_org_id>},
    BoundOption{{"--ca-file", "PMCP_CA_FILE", "FILE", "",
                 "CA certificates (PEM) for TLS to servers, instead of the "
                 "system's"},
                Of<&RawOptions::ca_file>},
    BoundOption{{"--client-cert-file", "PMCP_CLIENT_CERT_FILE", "FILE", "",
                 "Client certificate (PEM) for TLS to servers"},
                Of<&RawOptions::client_cert_file>},
    BoundOption{{"--client-key-file", "PMCP_CLIENT_KEY_FILE", "FILE", "",
                 "Private key (PEM) of the client certificate"},
                Of<&RawOptions::client_key_file>},
    BoundOption{{"--timeout", "PMCP_TIMEOUT", "TIME", "30s",
                 "Timeout of one request to a server"},
                Of<&RawOptions::timeout>},
    BoundOption{{"--max-response", "PMCP_MAX_RESPONSE", "SIZE", "256MiB",
                 "Maximum size of a server's response"},
                Of<&RawOptions::max_response>},
    BoundOption{{"--config", "PMCP_CONFIG", "FILE", "",
                 "JSON file with several sources (docs/sources.md)"},
                Of<&RawOptions::config_file>},
    BoundOption{
        {"--store-memory", "PMCP_STORE_MEMORY", "SIZE", "1GiB",
         "Memory for the cache of decoded profiles, e.g. 256MiB or 2GiB; "
         "docs/performance.md has the total"},
        Of<&RawOptions::store_memory>},
    BoundOption{{"--export-dir", "PMCP_EXPORT_DIR", "DIR", "",
                 "Folder for export_pprof, or \"off\"; the default is "
                 "pyroscope-mcp/exports in the user's state directory, and "
                 "none over HTTP"},
                Of<&RawOptions::export_dir>},
    BoundOption{
        {"--listen", "PMCP_LISTEN", "ADDRESS", "127.0.0.1:8085",
         "http: address to listen on; other than loopback needs a token"},
        OfHttp<&HttpTexts::listen>},
    BoundOption{
        {"--path", "PMCP_PATH", "PATH", "/mcp", "http: path of the endpoint"},
        OfHttp<&HttpTexts::path>},
    BoundOption{{"--http-token-file", "PMCP_HTTP_TOKEN_FILE", "FILE", "",
                 "http: file with the bearer token that clients must send"},
                OfHttp<&HttpTexts::token_file>},
    BoundOption{{"--allowed-hosts", "PMCP_ALLOWED_HOSTS", "NAMES", "",
                 "http: host names of this server besides localhost, "
                 "comma-separated; * for any"},
                OfHttp<&HttpTexts::allowed_hosts>},
    BoundOption{{"--allowed-origins", "PMCP_ALLOWED_ORIGINS", "ORIGINS", "",
                 "http: allowed Origin headers, e.g. https://app.example.com"},
                OfHttp<&HttpTexts::allowed_origins>},
    BoundOption{{"--metrics-listen", "PMCP_METRICS_LISTEN", "ADDRESS", "",
                 "http: address that serves /metrics for Prometheus"},
                OfHttp<&HttpTexts::metrics_listen>},
    BoundOption{{"--max-connections", "PMCP_MAX_CONNECTIONS", "N", "256",
                 "http: maximum connections; further ones get 503 with "
                 "Retry-After"},
                OfHttp<&HttpTexts::max_connections>},
    BoundOption{{"--max-streams", "PMCP_MAX_STREAMS", "N", "128",
                 "http: maximum event streams"},
                OfHttp<&HttpTexts::max_streams>},
    BoundOption{
        {"--max-sessions", "PMCP_MAX_SESSIONS", "N", "1000",
         "http: maximum sessions; the least recently used one is dropped"},
        OfHttp<&HttpTexts::max_sessions>},
    BoundOption{{"--session-idle", "PMCP_SESSION_IDLE", "TIME", "30m",
                 "http: idle time after which a session ends"},
                OfHttp<&HttpTexts::session_idle>},
    BoundOption{{"--rate-limit", "PMCP_RATE_LIMIT", "N", "50",
                 "http: calls and new sessions per second and caller; 0 for no "
                 "limit"},
                OfHttp<&HttpTexts::rate_limit>},
    BoundOption{
        {"--log-level", "PMCP_LOG_LEVEL", "LEVEL", "",
         "Log level on stderr: trace, debug, info (default of http), warn "
         "(default of other commands), error, off"},
        Of<&RawOptions::log_level>},
};

constexpr std::array kRows = [] {
  std::array<OptionRow, kOptions.size()> rows;
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = kOptions[i].row;
  return rows;
}();

struct LevelRow {
  std::string_view name;
  log::Level level;
};
constexpr std::array kLevels = {
    LevelRow{"trace", log::Level::kTrace},
    LevelRow{"debug", log::Level::kDebug},
    LevelRow{"info", log::Level::kInfo},
    LevelRow{"warn", log::Level::kWarn},
    LevelRow{"error", log::Level::kError},
    LevelRow{"off", log::Level::kOff},
};

std::optional<log::Level> ParseLevel(std::string_view text) {
  for (const auto& row : kLevels) {
    if (row.name == text) return row.level;
  }
  return std::nullopt;
}

/// The state directory of the XDG Base Directory Specification, which says to
/// ignore relative paths; "" if the user has no home directory.
std::string StateFolder() {
  const std::string state = FromEnvironment("XDG_STATE_HOME");
  if (state.starts_with('/')) return state;
  const std::string home = FromEnvironment("HOME");
  return home.starts_with('/') ? home + "/.local/state" : "";
}

std::string ExportFolder(const std::string& wanted) {
  if (wanted == "off") return "";
  if (!wanted.empty()) return std::filesystem::absolute(wanted).string();
  const std::string state = StateFolder();
  return state.empty() ? "" : state + "/pyroscope-mcp/exports";
}

/// Replaces empty values and placeholders, which clients pass for empty fields
/// of a form, by the defaults.
void FillInDefaults(RawOptions& raw) {
  for (const auto& option : kOptions) {
    std::string& text = option.field(raw);
    if (text.empty() || IsPlaceholder(text)) text = option.row.fallback;
  }
}

/// The sources of --profiles-dir and of `words`, the paths among the words.
void ReadPaths(const std::string& profiles_dir,
               const std::vector<std::string>& words, Config& config,
               std::vector<std::string>& problems) {
  if (const std::string url = UrlAmongPaths(profiles_dir); !url.empty()) {
    problems.push_back(fmt::format(
        "{} (PROFILES_DIR) is \"{}\"; give the URL of a Pyroscope server with "
        "--pyroscope-url, that of a Grafana with --grafana-url",
        kProfilesFlag, url));
    return;
  }
  auto paths = ReadProfilePaths(profiles_dir);
  paths.insert(paths.end(), words.begin(), words.end());
  if (paths.size() == 1) {
    config.profiles_dir = paths.front();
  } else {
    config.sources = SourcesOfPaths(paths);
  }
}

/// Parses `raw` into `config`. Returns all problems.
std::vector<std::string> Understand(const RawOptions& raw,
                                    const std::vector<std::string>& paths,
                                    Config& config) {
  std::vector<std::string> problems;
  ReadPaths(raw.profiles_dir, paths, config, problems);
  config.export_dir = ExportFolder(raw.export_dir);
  if (raw.log_level.empty()) {
    const bool is_http = config.command == Command::kHttp;
    config.log_level = is_http ? log::Level::kInfo : log::Level::kWarn;
  } else if (const auto level = ParseLevel(raw.log_level)) {
    config.log_level = *level;
  } else {
    problems.push_back(fmt::format(
        "--log-level is \"{}\"; use trace, debug, info, warn, error or off",
        raw.log_level));
  }
  if (const auto size = ParseSize(raw.store_memory)) {
    config.store_memory_bytes = *size;
  } else {
    problems.push_back(fmt::format(
        "--store-memory is \"{}\"; give a number and KiB, MiB or GiB, for "
        "example 512MiB",
        raw.store_memory));
  }
  if (config.command == Command::kHttp) {
    config.http = ReadHttp(raw.http, problems);
    // Callers may be on other machines: export only if configured.
    if (raw.export_dir.empty()) config.export_dir = "";
  }
  if (config.command == Command::kHealthcheck &&
      config.healthcheck_url.empty()) {
    config.healthcheck_url = HealthUrl(raw.http, problems);
  }
  ReadSources(raw, config.sources, problems);
  std::vector<std::string> names;
  if (!config.profiles_dir.empty()) names.emplace_back("local");
  for (const auto& source : config.sources) names.push_back(source.name);
  CheckNames(std::move(names), problems);
  return problems;
}

constexpr std::string_view kHelpHint =
    "Run pyroscope-mcp --help for the list of options.";

ParsedCommandLine UsageError(const std::vector<std::string>& problems,
                             std::string_view hint = kHelpHint) {
  ParsedCommandLine parsed;
  parsed.exit_code = kExitUsage;
  for (const auto& problem : problems) {
    parsed.text += fmt::format("error: {}\n", problem);
  }
  parsed.text += fmt::format("hint: {}\n", hint);
  return parsed;
}

/// The closest match in `known`, or else the flags that end in `name`:
/// --pyroscope-url and --grafana-url for --url.
std::vector<std::string> LikelyMeant(const std::string& name,
                                     const std::vector<std::string>& known) {
  if (auto nearest = ClosestMatch(name, known)) return {*std::move(nearest)};
  std::vector<std::string> meant;
  if (!name.starts_with("--")) return meant;
  for (const std::string& flag : known) {
    if (flag.ends_with(name.substr(1))) meant.push_back(flag);
  }
  return meant;
}

/// "; did you mean --profiles-dir?", or "" if nothing is near.
std::string DidYouMean(const std::string& name) {
  std::vector<std::string> known = {"--help", "--version"};
  for (const auto& row : kRows) known.emplace_back(row.flag);
  for (const char* command :
       {"stdio", "http", "call", "tools", "healthcheck"}) {
    known.emplace_back(command);
  }
  const auto meant = LikelyMeant(name, known);
  if (meant.empty()) return "";
  return fmt::format("; did you mean {}?", Join(meant, " or "));
}

/// Refuses a flag that does not exist.
ParsedCommandLine RefuseFlag(const std::string& extra) {
  const std::string name = extra.substr(0, extra.find('='));
  return UsageError(
      {fmt::format("unknown argument \"{}\"{}", name, DidYouMean(name))});
}

/// Refuses a word that is no command and no path.
ParsedCommandLine RefuseWord(const std::string& word) {
  if (IsUrl(word)) {
    return UsageError({fmt::format("\"{}\" is a URL, not a path", word)},
                      kUrlHint);
  }
  return UsageError(
      {fmt::format("\"{}\" is neither a command nor an existing file or "
                   "folder{}",
                   word, DidYouMean(word))},
      "Write a file or folder of profiles, such as cpu.prof, or a command; "
      "key=value follows call TOOL. pyroscope-mcp --help lists the commands.");
}

constexpr std::string_view kFooter = R"(
Without a source the server starts and its answers say how to set one.
Secrets come from files, or from the environment alone: PYROSCOPE_TOKEN,
PYROSCOPE_PASSWORD, GRAFANA_SERVICE_ACCOUNT_TOKEN, GRAFANA_PASSWORD.

Examples:
  pyroscope-mcp --profiles-dir /path/to/profiles
  pyroscope-mcp cpu.prof
  pyroscope-mcp call query_flamegraph cpu.prof
  pyroscope-mcp call query_flamegraph service=shop --profiles-dir /path/to/profiles
  pyroscope-mcp http --listen 127.0.0.1:8085 --profiles-dir /path/to/profiles
  pyroscope-mcp tools

Exit codes: 0 success, 1 a call or the server failed, 2 usage error.)";

/// The CLI11 parser, bound to the variables that it fills.
struct Grammar {
  CLI::App app{
      "MCP server for continuous-profiling data: finds where CPU time, memory "
      "and locks go.",
      "pyroscope-mcp"};
  RawOptions raw;
  Config config;
  std::vector<std::string> words;  // the paths, and what is none

  Grammar() {
    app.set_version_flag("--version", std::string(kVersion));
    app.footer(std::string(kFooter));
    app.require_subcommand(0, 1);
    app.fallthrough();
    app.allow_extras();
    app.add_option("PATH", words,
                   "Files and folders of profiles, as --profiles-dir takes "
                   "them; instead of PROFILES_DIR")
        ->option_text("...");
    for (const auto& option : kOptions) AddOption(option);
    app.add_subcommand("stdio", "Serve MCP on stdin and stdout (the default)");
    app.add_subcommand("http", "Serve MCP over Streamable HTTP");
    AddCall();
    app.add_subcommand("tools", "Print the table of tools");
    app.add_subcommand(
           "healthcheck",
           "Probe a server over HTTP; exit code 1 if it is not healthy")
        ->add_option("URL", config.healthcheck_url,
                     "URL to probe; the default is /healthz of --listen");
  }

  void AddOption(const BoundOption& option) {
    option.field(raw) = option.row.fallback;
    CLI::Option* added =
        app.add_option(std::string(option.row.flag), option.field(raw),
                       std::string(option.row.help));
    if (option.row.flag == kProfilesFlag) {
      // Joins with kPathSeparator. ReadProfilesVariable reads the environment.
      added->multi_option_policy(CLI::MultiOptionPolicy::Join);
    } else {
      added->envname(std::string(option.row.environment));
    }
    added->option_text(fmt::format(
        "{}{} ({})", option.row.value,
        option.row.fallback.empty() ? ""
                                    : fmt::format(" [{}]", option.row.fallback),
        option.row.environment));
  }

  /// A path on the command line, with or without the flag, counts instead of
  /// PROFILES_DIR.
  void ReadProfilesVariable(bool has_paths) {
    const bool has_flag =
        app.get_option(std::string(kProfilesFlag))->count() > 0;
    if (!has_flag && !has_paths) {
      raw.profiles_dir = FromEnvironment("PROFILES_DIR");
    }
  }

  void AddCall() {
    CLI::App* call = app.add_subcommand(
        "call", "Call one tool and print its answer; exit code 1 if it failed");
    call->add_option("TOOL", config.call_tool, "Name of the tool")->required();
    call->add_option("ARGUMENTS", config.call_arguments,
                     "key=value …, where a repeated key makes a list; or one "
                     "JSON object. A file or folder of profiles is a source, "
                     "as PATH is");
  }
};

Command CommandOf(const CLI::App& app) {
  if (app.got_subcommand("http")) return Command::kHttp;
  if (app.got_subcommand("call")) return Command::kCall;
  if (app.got_subcommand("tools")) return Command::kTools;
  if (app.got_subcommand("healthcheck")) return Command::kHealthcheck;
  return Command::kStdio;
}

ParsedCommandLine Finish(Grammar& grammar) {
  const auto extras = grammar.app.remaining(true);
  if (!extras.empty()) return RefuseFlag(extras.front());
  const Command command = CommandOf(grammar.app);
  auto paths = TakePaths(grammar.words);
  if (!paths.empty() &&
      (command == Command::kTools || command == Command::kHealthcheck)) {
    return UsageError({fmt::format(
        "{} takes no path: \"{}\"",
        command == Command::kTools ? "tools" : "healthcheck", paths.front())});
  }
  if (!grammar.words.empty()) return RefuseWord(grammar.words.front());
  auto of_call = TakePaths(grammar.config.call_arguments);
  std::ranges::move(of_call, std::back_inserter(paths));
  ParsedCommandLine parsed;
  parsed.config = grammar.config;
  parsed.config.command = command;
  grammar.ReadProfilesVariable(!paths.empty());
  FillInDefaults(grammar.raw);
  const auto problems = Understand(grammar.raw, paths, parsed.config);
  if (!problems.empty()) return UsageError(problems);
  parsed.run = true;
  return parsed;
}

}  // namespace

std::span<const OptionRow> OptionTable() { return kRows; }

ParsedCommandLine ParseCommandLine(int argc, const char* const* argv) {
  Grammar grammar;
  try {  // CLI11 throws for errors, and for --help and --version
    grammar.app.parse(argc, argv);
    return Finish(grammar);
  } catch (const CLI::CallForHelp&) {
    return {.text = grammar.app.help()};
  } catch (const CLI::CallForVersion&) {
    return {.text = fmt::format("pyroscope-mcp {}\n", kVersion)};
  } catch (const CLI::Error& error) {
    return UsageError({error.what()});
  }
}

}  // namespace pmcp::app
