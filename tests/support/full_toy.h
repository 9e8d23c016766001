// The toy server with all that the protocol has: beside the toy's tools
//
//   ask      asks the user for a name, and remembers that it did
//   note     writes a line to the client's log
//   publish  tells of a change
//   need     needs a client that can sample
//
// three resources and a template, two prompts, completion, logging, changes.
// Lists have pages of four.
//
// Thread-safe; each server has state of its own.
#pragma once

#include "server/core/server.h"
#include "server/offer/features.h"

namespace pmcp::test {

server::Features FullToy();
server::ServerOptions FullToyOptions();

}  // namespace pmcp::test
