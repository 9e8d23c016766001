// The folders and files of --profiles-dir and PROFILES_DIR.
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

/// One source for each path, named after its last element ("shop" of
/// /data/shop, "cpu" of cpu.prof), or that with a number if a name repeats.
std::vector<SourceConfig> SourcesOfPaths(std::span<const std::string> paths);

/// The sentences that say which of `paths` do not exist. Empty if all do.
std::vector<std::string> MissingPaths(std::span<const std::string> paths);

}  // namespace pmcp::app
