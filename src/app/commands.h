// The commands of the program: each does its work and returns the exit code.
#pragma once

#include "app/config.h"

namespace pmcp::app {

/// Serves MCP on stdin and stdout until the client ends it.
int RunStdio(const Config& config);

/// Serves MCP over HTTP until a signal ends it.
int RunHttp(const Config& config);

/// Calls one tool and prints its answer on stdout, which ends the program, or
/// its error on stderr.
int RunCall(const Config& config);

/// Prints the table of tools.
int RunTools(const Config& config);

}  // namespace pmcp::app
