// Tests whether the server of PYROSCOPE_URL, and with GRAFANA_URL also the
// Grafana in front of it, answers like a folder with the same profiles. Fails
// too if a server refuses all calls of a tool. Without
// PYROSCOPE_URL the exit code is 77, which ctest counts as skipped.
#include <fmt/core.h>

#include <cstdlib>

#include "app/config.h"
#include "tests/live/live_run.h"

int main() {
  using namespace pmcp;
  constexpr int kSkipped = 77;
  if (std::getenv("PYROSCOPE_URL") == nullptr) {
    fmt::print("live: did not run, PYROSCOPE_URL is not set\n");
    return kSkipped;
  }
  const char* const arguments[] = {"live"};
  const auto parsed = app::ParseCommandLine(1, arguments);
  if (!parsed.run || parsed.config.sources.empty()) {
    fmt::print("{}\n", parsed.text);
    return 1;
  }
  const SystemClock clock;
  bool passes = true;
  for (const app::SourceConfig& asked : parsed.config.sources) {
    const auto compared = live::RunLive(parsed.config.sources[0], asked, clock);
    if (!compared.ok()) {
      fmt::print("live: {}\n{}\n", compared.error().message,
                 compared.error().hint);
      return 1;
    }
    fmt::print("live: {} at {}, storage {}\n{}{}", asked.name, asked.url,
               compared->mode, compared->ToText(), compared->differences);
    passes = passes && compared->Passes();
  }
  return passes ? 0 : 1;
}
