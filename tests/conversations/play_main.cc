// Plays one conversation file:
//   play_conversation FILE                 with a toy server in this process
//   play_conversation FILE http            with it over real HTTP
//   play_conversation FILE http PROGRAM ARG…
//                                          with that server as a child, over
//                                          HTTP
//   play_conversation FILE PROGRAM ARG…    with that server as a child, on
//                                          stdio
//   play_conversation FILE product ARG…    with the product in this process,
//                                          composed by ARGs
// In the folder full/ the server is the one of tests/support/full_toy.h.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "app/compose.h"
#include "app/config.h"
#include "app/product.h"
#include "base/clock.h"
#include "tests/conversations/conversation.h"
#include "tests/support/child_peer.h"
#include "tests/support/child_server.h"
#include "tests/support/full_toy.h"
#include "tests/support/http_peer.h"
#include "tests/support/in_process_peer.h"
#include "tests/support/toy_server.h"
#include "tools/guide/all_features.h"

namespace {

/// What `pyroscope-mcp stdio` serves, without a transport.
class ProductServer {
 public:
  explicit ProductServer(const pmcp::app::Config& config)
      : sources_(pmcp::app::MakeSources(config, clock_)),
        server_(
            pmcp::app::Product(),
            pmcp::tools::AllFeatures({sources_, clock_, config.export_dir})) {}

  pmcp::server::Server& server() { return server_; }

 private:
  const pmcp::SystemClock clock_;
  const pmcp::source::Sources sources_;
  pmcp::server::Server server_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: play_conversation FILE [PROGRAM ARG…]\n";
    return 2;
  }
  std::ifstream file(argv[1]);
  std::ostringstream text;
  text << file.rdbuf();
  const auto parsed = pmcp::test::ParseConversation(text.str());
  if (!parsed.problem.empty()) {
    std::cerr << argv[1] << ": " << parsed.problem << "\n";
    return 2;
  }

  // The server must outlive its peer.
  const bool is_full =
      std::filesystem::path(argv[1]).parent_path().filename() == "full";
  pmcp::server::Server server(
      pmcp::test::ToyInfo(),
      is_full ? pmcp::test::FullToy()
              : pmcp::server::Features{.tools = pmcp::test::ToyTools()},
      is_full ? pmcp::test::FullToyOptions() : pmcp::test::ToyOptions());
  std::optional<pmcp::test::HttpTestServer> http;
  std::optional<pmcp::test::ChildServer> child;
  std::optional<ProductServer> product;
  std::unique_ptr<pmcp::test::Peer> peer;
  const bool is_http = argc > 2 && argv[2] == std::string("http");
  if (is_http && argc > 3) {
    child.emplace(std::vector<std::string>(argv + 3, argv + argc));
    peer = std::make_unique<pmcp::test::HttpPeer>(child->port());
  } else if (is_http) {
    http.emplace(server);
    peer = std::make_unique<pmcp::test::HttpPeer>(*http);
  } else if (argc > 2 && argv[2] == std::string("product")) {
    const auto line = pmcp::app::ParseCommandLine(argc - 2, argv + 2);
    if (!line.run) {
      std::cerr << line.text;
      return 2;
    }
    product.emplace(line.config);
    peer = std::make_unique<pmcp::test::InProcessPeer>(product->server());
  } else if (argc > 2) {
    peer = std::make_unique<pmcp::test::ChildPeer>(
        std::vector<std::string>(argv + 2, argv + argc));
  } else {
    peer = std::make_unique<pmcp::test::InProcessPeer>(server);
  }
  const std::string problem = pmcp::test::Play(parsed.conversation, *peer);
  if (problem.empty()) return 0;
  std::cerr << argv[1] << "\n"
            << parsed.conversation.why << "\n"
            << problem << "\n";
  return 1;
}
