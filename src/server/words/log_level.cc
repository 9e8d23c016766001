#include "server/words/log_level.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace pmcp::server {
namespace {

// In the order of the enum.
constexpr std::string_view kNames[] = {"debug",   "info",     "notice",
                                       "warning", "error",    "critical",
                                       "alert",   "emergency"};

}  // namespace

std::string_view Name(LogLevel level) {
  return kNames[static_cast<std::size_t>(level)];
}

std::optional<LogLevel> FindLogLevel(std::string_view name) {
  const auto* found = std::ranges::find(kNames, name);
  if (found == std::end(kNames)) return std::nullopt;
  return static_cast<LogLevel>(found - std::begin(kNames));
}

}  // namespace pmcp::server
