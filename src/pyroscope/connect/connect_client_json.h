// Reads the JSON of error bodies and of the build information. The input is
// untrusted: fields of the wrong type are ignored.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pmcp::pyroscope {

/// {"code": "invalid_argument", "message": "…"}; errors of Grafana have no
/// code. nullopt if the body is not a JSON object.
struct ErrorBody {
  std::string code;
  std::string message;
};
std::optional<ErrorBody> ParseErrorBody(std::string_view body);

/// The version in {"data": {"version": "2.2.0"}}; "" if it is missing.
std::string ParseBuildVersion(std::string_view body);

}  // namespace pmcp::pyroscope
