// The log: lines on stderr, never on stdout, which belongs to the protocol.
//
// The only door to spdlog. Domain code (profile/, source/, store/) does not
// log: what matters to a caller travels as an Error or a notice. Thread-safe.
#pragma once

#include <fmt/format.h>

#include <string_view>
#include <utility>

namespace pmcp::log {

enum class Level { kTrace, kDebug, kInfo, kWarn, kError, kOff };

/// Call once at start, before other threads run. Before it, kWarn is in force.
void SetLevel(Level level);
bool IsEnabled(Level level);

/// `text` is cleaned of control characters, so that no value can forge a line.
void Write(Level level, std::string_view text);

template <typename... Args>
void Log(Level level, fmt::format_string<Args...> format, Args&&... args) {
  if (!IsEnabled(level)) return;
  Write(level, fmt::format(format, std::forward<Args>(args)...));
}
template <typename... Args>
void Debug(fmt::format_string<Args...> format, Args&&... args) {
  Log(Level::kDebug, format, std::forward<Args>(args)...);
}
template <typename... Args>
void Info(fmt::format_string<Args...> format, Args&&... args) {
  Log(Level::kInfo, format, std::forward<Args>(args)...);
}
template <typename... Args>
void Warn(fmt::format_string<Args...> format, Args&&... args) {
  Log(Level::kWarn, format, std::forward<Args>(args)...);
}

}  // namespace pmcp::log
