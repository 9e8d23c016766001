// The toy server (tests/support/toy_server.h) over stdio.
#include <chrono>

#include "server/server.h"
#include "server/stdio_transport.h"
#include "tests/support/toy_server.h"

int main() {
  // As long as a test can wait for calls that nobody ends.
  pmcp::server::StdioTransport transport(
      {.drain_at_end = std::chrono::seconds(1)});
  pmcp::server::Server server(pmcp::test::ToyInfo(), pmcp::test::ToyTools(),
                              pmcp::test::ToyOptions());
  return transport.Run(server);
}
