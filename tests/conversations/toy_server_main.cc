// The toy server (tests/support/toy_server.h) over stdio; with --full the one
// of full_toy.h.
#include <chrono>
#include <string_view>

#include "server/core/server.h"
#include "server/stdio/stdio_transport.h"
#include "tests/support/full_toy.h"
#include "tests/support/toy_server.h"

int main(int argc, char** argv) {
  const bool is_full = argc > 1 && std::string_view(argv[1]) == "--full";
  // The longest wait of a test for calls that never end.
  pmcp::server::StdioTransport transport(
      {.drain_at_end = std::chrono::seconds(1)});
  pmcp::server::Server server(
      pmcp::test::ToyInfo(),
      is_full ? pmcp::test::FullToy()
              : pmcp::server::Features{.tools = pmcp::test::ToyTools()},
      is_full ? pmcp::test::FullToyOptions() : pmcp::test::ToyOptions());
  return transport.Run(server);
}
