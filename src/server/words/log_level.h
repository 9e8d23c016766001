// LogLevel: the severity of a log message, in the eight levels of RFC 5424.
#pragma once

#include <optional>
#include <string_view>

namespace pmcp::server {

enum class LogLevel {
  kDebug,
  kInfo,
  kNotice,
  kWarning,
  kError,
  kCritical,
  kAlert,
  kEmergency,
};

/// The name of a level in MCP messages: "debug".
std::string_view Name(LogLevel level);
std::optional<LogLevel> FindLogLevel(std::string_view name);

}  // namespace pmcp::server
