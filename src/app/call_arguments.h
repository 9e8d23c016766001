// ParseCallArguments: the words of `pyroscope-mcp call TOOL …` as the JSON
// object that tools/call would carry. Types are the schema's matter: it
// understands "5" for 5.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>

#include "base/result.h"

namespace pmcp::app {

/// `key=value` words, a key given twice or a value such as ["a"] being a list;
/// or one word that is a JSON object.
Result<nlohmann::json> ParseCallArguments(std::span<const std::string> words);

}  // namespace pmcp::app
