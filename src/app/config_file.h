// ReadConfigFile: several sources from one JSON file (docs/sources.md).
#pragma once

#include <string>
#include <vector>

#include "app/source_config.h"

namespace pmcp::app {

/// `defaults` supplies the fields that the file omits. Relative paths are
/// relative to the folder of the file. Appends every problem to `problems`.
std::vector<SourceConfig> ReadConfigFile(const std::string& file,
                                         const SourceConfig& defaults,
                                         std::vector<std::string>& problems);

}  // namespace pmcp::app
