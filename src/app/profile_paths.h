// The folders and files of --profiles-dir, of PROFILES_DIR and of the words of
// the command line.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/source_config.h"

namespace pmcp::app {

/// Separates the values of a flag that is given several times.
inline constexpr char kPathSeparator = '\n';

/// The paths in `text`, which are separated by kPathSeparator, or by ":" unless
/// a file of that whole name exists. A leading "~/" becomes the home folder.
std::vector<std::string> ReadProfilePaths(std::string_view text);

/// Whether `text` is the URL of a server.
bool IsUrl(std::string_view text);
/// The hint of an error about a URL in place of a path.
inline constexpr std::string_view kUrlHint =
    "Give the URL of a Pyroscope server with --pyroscope-url, that of a "
    "Grafana with --grafana-url.";

/// The first value of --profiles-dir that is a URL; "" if none is.
std::string UrlAmongPaths(std::string_view text);

/// Whether a word of the command line is the path of a file or folder that
/// exists, and neither key=value nor a JSON object.
bool NamesPath(const std::string& word);

/// Moves such words out of `words`; "~/" is expanded.
std::vector<std::string> TakePaths(std::vector<std::string>& words);

/// One source for each path, named after its last element ("shop" of
/// /data/shop, "cpu" of cpu.prof), or that with a number if a name repeats.
std::vector<SourceConfig> SourcesOfPaths(std::span<const std::string> paths);

/// The sentences that say which of `paths` do not exist. Empty if all do.
std::vector<std::string> MissingPaths(std::span<const std::string> paths);

}  // namespace pmcp::app
