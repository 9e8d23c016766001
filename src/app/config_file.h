// ReadConfigFile: several sources from one JSON file (docs/sources.md).
#pragma once

#include <string>
#include <vector>

#include "app/source_config.h"

namespace pmcp::app {

/// `defaults` has what the file does not say. Paths in it count from its
/// folder. Every problem is appended to `problems`, not only the first.
std::vector<SourceConfig> ReadConfigFile(const std::string& file,
                                         const SourceConfig& defaults,
                                         std::vector<std::string>& problems);

}  // namespace pmcp::app
