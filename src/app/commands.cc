#include "app/commands.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "app/call_arguments.h"
#include "app/compose.h"
#include "app/http_config.h"
#include "app/process_limits.h"
#include "app/product.h"
#include "app/profile_paths.h"
#include "base/log.h"
#include "server/core/server.h"
#include "server/http/http_transport.h"
#include "server/stdio/stdio_transport.h"
#include "tools/answer/table.h"
#include "tools/guide/all_features.h"
#include "tools/tools.h"

namespace pmcp::app {
namespace {

void PrintError(const std::string& message, const std::string& hint) {
  std::fprintf(stderr, "error: %s\n", message.c_str());
  if (!hint.empty()) std::fprintf(stderr, "hint: %s\n", hint.c_str());
}

/// Flushes stdout: an error of buffered output, such as a full disk, must not
/// look like success.
int FinishOutput() { return std::fflush(stdout) == 0 ? kExitOk : kExitFailure; }

/// The description up to the end of its first sentence.
std::string FirstSentence(const std::string& text) {
  const auto end = text.find(". ");
  return end == std::string::npos ? text : text.substr(0, end + 1);
}

/// Raises the limit of descriptors: one per connection, and some for files.
void MakeRoomFor(std::size_t connections) {
  constexpr std::size_t kOtherDescriptors = 128;
  const std::size_t wanted = connections + kOtherDescriptors;
  const std::size_t most = RaiseDescriptorLimit(wanted);
  if (most >= wanted) return;
  log::Warn(
      "--max-connections is {}, but this process may open only {} descriptors "
      "and needs up to {} of them for files (ulimit -n, LimitNOFILE)",
      connections, most, kOtherDescriptors);
}

/// The folders and files that the operator named, on this machine.
std::vector<std::string> LocalPaths(const Config& config) {
  std::vector<std::string> paths;
  if (!config.profiles_dir.empty()) paths.push_back(config.profiles_dir);
  for (const SourceConfig& source : config.sources) {
    if (source.kind == SourceKind::kLocal) paths.push_back(source.folder);
  }
  return paths;
}

/// A server starts without them: they may appear later.
void WarnOfMissingPaths(const Config& config) {
  for (const std::string& sentence : MissingPaths(LocalPaths(config))) {
    log::Warn("{}", sentence);
  }
}

/// Whether `tool` is the path of a profile and not the name of a tool.
bool IsPathForTool(const std::string& tool) {
  if (!NamesPath(tool)) return false;
  const SystemClock clock;
  const source::Sources none;
  return std::ranges::none_of(
      tools::AllTools({none, clock}), [&](const server::Tool& known) {
        return nlohmann::json::parse(known.declaration).at("name") == tool;
      });
}

}  // namespace

int RunStdio(const Config& config) {
  // Must come first: from here on only the transport writes to stdout.
  server::StdioTransport transport;
  WarnOfMissingPaths(config);
  const SystemClock clock;
  const source::Sources sources = MakeSources(config, clock);
  server::Server server(
      Product(), tools::AllFeatures({sources, clock, config.export_dir}));
  return transport.Run(server);
}

int RunHttp(const Config& config) {
  MakeRoomFor(config.http.max_connections);
  WarnOfMissingPaths(config);
  const SystemClock clock;
  Metrics metrics;
  const source::Sources sources = MakeSources(config, clock, &metrics);
  const auto features = tools::AllFeatures({sources, clock, config.export_dir});
  server::HttpOptions options = MakeHttpOptions(
      config.http, server::MirroredArguments(features.tools), metrics);
  options.endpoint.is_ready = [paths = LocalPaths(config)] {
    return MissingPaths(paths).empty();
  };
  server::HttpTransport transport(std::move(options));
  server::Server server(Product(), features);
  metrics.SetGauge("pmcp_calls",
                   [&] { return static_cast<double>(server.calls()); });
  return transport.Run(server);
}

int RunCall(const Config& config) {
  if (IsPathForTool(config.call_tool)) {
    PrintError(
        fmt::format("\"{}\" is a file or folder, not a tool", config.call_tool),
        fmt::format("Write the tool first: pyroscope-mcp call overview {}",
                    config.call_tool));
    return kExitUsage;
  }
  const auto arguments = ParseCallArguments(config.call_arguments);
  if (!arguments.ok()) {
    PrintError(arguments.error().message, arguments.error().hint);
    return kExitUsage;
  }
  const SystemClock clock;
  const source::Sources sources = MakeSources(config, clock);
  const server::Server server(
      Product(), tools::AllTools({sources, clock, config.export_dir}));
  const auto result = server.Call(config.call_tool, *arguments, CallContext());
  if (result.error) {
    PrintError(result.text, "");
    return kExitFailure;
  }
  std::fputs(result.text.c_str(), stdout);
  if (!result.text.ends_with('\n')) std::fputc('\n', stdout);
  // Exits without destructors: the system frees the memory of a large folder
  // faster.
  std::_Exit(FinishOutput());
}

int RunTools(const Config&) {
  const SystemClock clock;
  const source::Sources none;
  tools::Table table{.columns = {{"TOOL"}, {"WHAT IT ANSWERS"}}};
  for (const auto& tool : tools::AllTools({none, clock})) {
    const auto declaration = nlohmann::json::parse(tool.declaration);
    table.rows.push_back(
        {declaration.at("name"), FirstSentence(declaration.at("description"))});
  }
  for (const auto& line : tools::Layout(table)) {
    std::printf("%s\n", line.c_str());
  }
  return FinishOutput();
}

}  // namespace pmcp::app
