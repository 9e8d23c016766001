// The log: lines on stderr. Stdout carries protocol messages only.
//
// The only user of spdlog. Domain code (profile/, source/, store/) does not
// log: it returns an Error or a notice to its caller. Thread-safe.
#pragma once

#include <fmt/core.h>

#include <string_view>
#include <utility>

namespace pmcp::log {

enum class Level { kTrace, kDebug, kInfo, kWarn, kError, kOff };

/// Call once at start, before other threads run. The default is kWarn.
void SetLevel(Level level);
bool IsEnabled(Level level);

/// Removes control characters from `text`, so that no value can forge a line.
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
