#include "tests/support/http_server.h"

#include <atomic>
#include <chrono>
#include <utility>

#include "base/check.h"

namespace pmcp::test {

HttpTestServer::HttpTestServer(server::Server& server,
                               http::HttpListenerOptions listener,
                               server::HttpEndpointOptions endpoint)
    : endpoint_(server, std::move(endpoint)),
      listener_(listener, {.admit =
                               [this](const http::ServerRequest& request) {
                                 return endpoint_.Admit(request);
                               },
                           .answer =
                               [this](const http::ServerRequest& request) {
                                 return endpoint_.Answer(request);
                               },
                           .answered = [](const http::ServerRequest*, int,
                                          std::size_t) {}}) {
  const auto port = listener_.Bind("127.0.0.1", 0);
  PMCP_CHECK(port.ok());
  port_ = *port;
  serving_ = std::thread([this] { listener_.Run(); });
}

HttpTestServer::~HttpTestServer() {
  endpoint_.Drain();
  endpoint_.CancelAll();
  std::atomic<bool> has_ended{false};
  // Told again until it hears: it may not run yet.
  std::thread stopping([&] {
    while (!has_ended) {
      listener_.Stop();
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  });
  serving_.join();
  has_ended = true;
  stopping.join();
}

}  // namespace pmcp::test
