#include "base/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>

#include "base/sanitize.h"

namespace pmcp::log {
namespace {

spdlog::level::level_enum ToSpdlog(Level level) {
  switch (level) {
    case Level::kTrace:
      return spdlog::level::trace;
    case Level::kDebug:
      return spdlog::level::debug;
    case Level::kInfo:
      return spdlog::level::info;
    case Level::kWarn:
      return spdlog::level::warn;
    case Level::kError:
      return spdlog::level::err;
    case Level::kOff:
      return spdlog::level::off;
  }
  return spdlog::level::off;
}

/// Made at the first use: most runs at the default level log nothing, and
/// start faster without it.
spdlog::logger& Logger() {
  static const std::shared_ptr<spdlog::logger> logger = [] {
    auto made = std::make_shared<spdlog::logger>(
        "pmcp", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_level(spdlog::level::trace);
    made->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %L %v",
                      spdlog::pattern_time_type::utc);
    made->flush_on(spdlog::level::trace);
    return made;
  }();
  return *logger;
}

Level& Threshold() {
  static Level level = Level::kWarn;
  return level;
}

}  // namespace

void SetLevel(Level level) { Threshold() = level; }

bool IsEnabled(Level level) { return level >= Threshold(); }

void Write(Level level, std::string_view text) {
  if (!IsEnabled(level) || level == Level::kOff) return;
  Logger().log(ToSpdlog(level), "{}", Sanitize(text));
}

}  // namespace pmcp::log
