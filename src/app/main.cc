#include <cstdio>

#include "app/config.h"

int main(int argc, char** argv) {
  const auto parsed = pmcp::app::ParseCommandLine(argc, argv);
  if (!parsed.run) {
    std::fputs(parsed.text.c_str(),
               parsed.exit_code == pmcp::app::kExitOk ? stdout : stderr);
    return parsed.exit_code;
  }
  return 0;
}
