// A server without a product: small tools that do what protocol tests need.
//
//   echo      gives back its arguments
//   slow      waits until its gate is open, or until it is told to stop
//   open      opens a gate, so that tests decide when a slow call ends
//   progress  reports some steps
//   fail      ends with an error of the kind that was asked for, or throws
//
// Thread-safe; each server has gates of its own.
#pragma once

#include <vector>

#include "server/core/server.h"
#include "server/offer/tool.h"
#include "server/words/server_info.h"

namespace pmcp::test {

server::ServerInfo ToyInfo();
std::vector<server::Tool> ToyTools();

/// Two workers and room for one more call; progress is told at once.
server::ServerOptions ToyOptions();

}  // namespace pmcp::test
