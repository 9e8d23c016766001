#include "base/log.h"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/sink.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <cerrno>
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

/// Writes each line with one write() and without a lock: every request logs one
/// or two lines, and connection threads would wait for each other.
class StderrSink final : public spdlog::sinks::sink {
 public:
  void log(const spdlog::details::log_msg& message) override {
    thread_local spdlog::pattern_formatter formatter(
        "%Y-%m-%dT%H:%M:%S.%eZ %L %v", spdlog::pattern_time_type::utc);
    spdlog::memory_buf_t line;
    formatter.format(message, line);
    WriteAll({line.data(), line.size()});
  }
  void flush() override {}
  void set_pattern(const std::string&) override {}
  void set_formatter(std::unique_ptr<spdlog::formatter>) override {}

 private:
  static void WriteAll(std::string_view text) {
    while (!text.empty()) {
      const auto count = ::write(STDERR_FILENO, text.data(), text.size());
      if (count > 0) {
        text.remove_prefix(static_cast<std::size_t>(count));
      } else if (errno != EINTR) {
        return;  // stderr is closed, so there is nowhere to report this
      }
    }
  }
};

/// Created at the first use: most runs at the default level log nothing, and
/// start faster without it.
spdlog::logger& Logger() {
  static const std::shared_ptr<spdlog::logger> logger = [] {
    auto made = std::make_shared<spdlog::logger>(
        "pmcp", std::make_shared<StderrSink>());
    made->set_level(spdlog::level::trace);
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
