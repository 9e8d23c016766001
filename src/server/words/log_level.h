// LogLevel: how much a log message matters, in the eight steps of RFC 5424.
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

/// As MCP writes it: "debug".
std::string_view Name(LogLevel level);
std::optional<LogLevel> FindLogLevel(std::string_view name);

}  // namespace pmcp::server
