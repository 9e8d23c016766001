// Config: the options of the program, from the command line and the
// environment.
//
// One table of options (OptionTable) defines the parser, --help and the
// generated documentation. A flag overrides the environment, which overrides
// the default. Parsed once, in main; nothing below app/ reads the environment.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/http_config.h"
#include "app/source_config.h"
#include "base/log.h"
#include "base/result.h"

namespace pmcp::app {

/// Process exit codes, part of the product's contract.
enum ExitCode : int { kExitOk = 0, kExitFailure = 1, kExitUsage = 2 };

enum class Command { kStdio, kHttp, kCall, kTools, kHealthcheck };

struct Config {
  Command command = Command::kStdio;
  std::string profiles_dir;  // "": no source "local"
  std::vector<SourceConfig> sources = {};
  std::size_t store_memory_bytes = 0;
  std::string export_dir;  // absolute; "": nothing is exported
  HttpConfig http = {};    // of `http`
  log::Level log_level = log::Level::kWarn;
  std::string call_tool;  // of `call`
  // "key=value", or one JSON object; without the paths, which are sources
  std::vector<std::string> call_arguments;
  std::string healthcheck_url;  // of `healthcheck`
};

/// One option as --help and the documentation show it.
struct OptionRow {
  std::string_view flag;         // "--profiles-dir"
  std::string_view environment;  // "PROFILES_DIR"
  std::string_view value;        // "DIR", in the help
  std::string_view fallback;     // the default, "" for none
  std::string_view help;
};
std::span<const OptionRow> OptionTable();

/// The result of parsing: a Config to run with, or a text to print and an exit
/// code (help, version, or a usage error on stderr).
struct ParsedCommandLine {
  bool run = false;
  Config config;
  std::string text;
  ExitCode exit_code = kExitOk;
};
ParsedCommandLine ParseCommandLine(int argc, const char* const* argv);

}  // namespace pmcp::app
