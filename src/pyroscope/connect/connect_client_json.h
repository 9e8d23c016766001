// The JSON at the edges of Connect and Grafana: bodies of errors, the build
// information. Foreign text: what does not fit is left out.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pmcp::pyroscope {

/// {"code": "invalid_argument", "message": "…"}; Grafana has no code. nullopt:
/// no JSON object.
struct ErrorBody {
  std::string code;
  std::string message;
};
std::optional<ErrorBody> ParseErrorBody(std::string_view body);

/// {"data": {"version": "2.2.0"}}; "" when it is not there.
std::string ParseBuildVersion(std::string_view body);

}  // namespace pmcp::pyroscope
