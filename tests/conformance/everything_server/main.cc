// everything_server: the server for the conformance suite.
//   everything_server             over stdio
//   everything_server http PORT   over HTTP, on loopback; 0 for any port
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <string_view>

#include "server/core/server.h"
#include "server/http/http_transport.h"
#include "server/http/mirror_headers.h"
#include "server/stdio/stdio_transport.h"
#include "tests/conformance/everything_server/fixtures.h"

namespace {

using std::chrono::milliseconds;

const pmcp::server::ServerInfo kInfo = {.name = "everything-server",
                                        .title = "Everything server",
                                        .version = "1.0.0",
                                        .meta_prefix = "io.github.example",
                                        .website_url = "",
                                        .instructions = "For tests only."};

// The suite counts notifications, so their rate is not limited.
const pmcp::server::ServerOptions kOptions = {
    .progress = {.quiet = milliseconds(0), .interval = milliseconds(0)}};

int RunHttp(int port) {
  const pmcp::server::Features features = pmcp::test::EverythingFeatures();
  pmcp::server::HttpOptions options;
  options.port = port;
  options.endpoint.mirrored = pmcp::server::MirroredArguments(features.tools);
  options.on_ready = [](const std::string& url,
                        const std::string& /*metrics*/) {
    std::cerr << "ready " << url << std::endl;
  };
  pmcp::server::Server server(kInfo, features, kOptions);
  return pmcp::server::HttpTransport(options).Run(server);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3 && std::string_view(argv[1]) == "http") {
    return RunHttp(std::atoi(argv[2]));
  }
  if (argc != 1) {
    std::cerr << "usage: everything_server [http PORT]\n";
    return 2;
  }
  pmcp::server::StdioTransport transport;
  pmcp::server::Server server(kInfo, pmcp::test::EverythingFeatures(),
                              kOptions);
  return transport.Run(server);
}
