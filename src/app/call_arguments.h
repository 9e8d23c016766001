// ParseCallArguments: converts the words of `pyroscope-mcp call TOOL …` to the
// JSON object of tools/call. Values stay strings; the schema check converts "5"
// to 5.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>

#include "base/result.h"

namespace pmcp::app {

/// Words are `key=value`, or one JSON object; TakePaths has taken the paths. A
/// repeated key, or a value such as ["a"], makes a list.
Result<nlohmann::json> ParseCallArguments(std::span<const std::string> words);

}  // namespace pmcp::app
