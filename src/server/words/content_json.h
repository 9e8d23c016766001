// Converts Content to JSON, with the members in the order of the specification.
// Pure.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "server/words/content.h"

namespace pmcp::server {

nlohmann::ordered_json ToJson(const Content& content);
nlohmann::ordered_json ToJson(const ResourceContents& contents);
nlohmann::ordered_json ToJson(const Resource& resource);

}  // namespace pmcp::server
