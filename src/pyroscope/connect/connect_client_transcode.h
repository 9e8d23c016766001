// Messages as JSON and back, for servers that take no protobuf: our requests
// become JSON, and their answers protobuf, which the decoders read.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "pyroscope/connect/json_schema.h"

namespace pmcp::pyroscope {

/// `message` is of our own making. Fields that the schema lacks are left out.
std::string ToJson(const JsonMessage& schema, std::string_view message);

/// Foreign text: fields that are not known are skipped, as in protobuf.
/// kBadResponse, with `what` in front, when it does not fit the schema.
Result<std::string> FromJson(const JsonMessage& schema, std::string_view text,
                             std::string_view what);

}  // namespace pmcp::pyroscope
