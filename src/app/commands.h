// The commands of the program. Each returns the exit code.
#pragma once

#include "app/config.h"

namespace pmcp::app {

/// Serves MCP on stdin and stdout until the client closes stdin.
int RunStdio(const Config& config);

/// Serves MCP over HTTP until SIGINT or SIGTERM.
int RunHttp(const Config& config);

/// Calls one tool and prints its answer on stdout or its error on stderr. Exits
/// the process after an answer.
int RunCall(const Config& config);

/// Prints the table of tools.
int RunTools(const Config& config);

}  // namespace pmcp::app
