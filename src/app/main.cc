// pyroscope-mcp: parses the command line and runs the command.
#include <cstdio>

#include "app/commands.h"
#include "app/config.h"
#include "app/healthcheck.h"
#include "app/process_limits.h"
#include "base/log.h"

namespace {

int Run(const pmcp::app::Config& config) {
  pmcp::log::SetLevel(config.log_level);
  switch (config.command) {
    case pmcp::app::Command::kStdio:
      return pmcp::app::RunStdio(config);
    case pmcp::app::Command::kHttp:
      return pmcp::app::RunHttp(config);
    case pmcp::app::Command::kCall:
      return pmcp::app::RunCall(config);
    case pmcp::app::Command::kTools:
      return pmcp::app::RunTools(config);
    case pmcp::app::Command::kHealthcheck:
      return pmcp::app::RunHealthcheck(config);
  }
  return pmcp::app::kExitFailure;
}

}  // namespace

int main(int argc, char** argv) {
  pmcp::app::BoundFreedMemory();
  const auto parsed = pmcp::app::ParseCommandLine(argc, argv);
  if (parsed.run) return Run(parsed.config);
  const bool ok = parsed.exit_code == pmcp::app::kExitOk;
  std::fputs(parsed.text.c_str(), ok ? stdout : stderr);
  return parsed.exit_code;
}
