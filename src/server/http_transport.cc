#include "server/http_transport.h"

#include <fmt/format.h>
#include <poll.h>

#include <cstdlib>
#include <thread>

#include "base/log.h"
#include "server/stop_signal.h"

namespace pmcp::server {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kStep{20};

std::string UrlOf(const HttpOptions& options, int port) {
  const bool is_v6 = options.host.find(':') != std::string::npos;
  return fmt::format("http://{}{}{}:{}{}", is_v6 ? "[" : "", options.host,
                     is_v6 ? "]" : "", port, options.endpoint.path);
}

void LogAnswer(const HttpRequest* request, int status) {
  if (request == nullptr) {
    log::Info("http refused status={}", status);
    return;
  }
  log::Info("http {} {} status={} peer={} bytes={}", request->method,
            request->path, status, request->peer, request->body.size());
}

void WaitForSignal(const StopSignal& stop) {
  pollfd fd{stop.fd(), POLLIN, 0};
  while (!stop.IsRaised()) ::poll(&fd, 1, -1);
}

/// True when it ended within `time`.
bool WaitUntil(const std::function<bool()>& is_over, milliseconds time) {
  const auto until = Clock::now() + time;
  while (!is_over()) {
    if (Clock::now() >= until) return false;
    std::this_thread::sleep_for(kStep);
  }
  return true;
}

}  // namespace

int HttpTransport::Run(Server& server) {
  const StopSignal stop;
  HttpEndpoint endpoint(server, options_.endpoint);
  HttpListener listener(
      options_.listener,
      {.admit = [&](const HttpRequest& r) { return endpoint.Admit(r); },
       .answer = [&](const HttpRequest& r) { return endpoint.Answer(r); },
       .answered = LogAnswer});
  const auto port = listener.Bind(options_.host, options_.port);
  if (!port.ok()) {
    log::Log(log::Level::kError, "{}. {}", port.error().message,
             port.error().hint);
    return EXIT_FAILURE;
  }
  std::atomic<bool> has_ended{false};
  std::thread serving([&] {
    listener.Run();
    has_ended = true;
  });
  if (options_.on_ready) options_.on_ready(UrlOf(options_, *port));

  WaitForSignal(stop);
  // New callers are turned away at once; those who wait get their answers.
  endpoint.Drain();
  const auto is_over = [&] {
    listener.Stop();
    return has_ended.load();
  };
  if (!WaitUntil(is_over, options_.drain)) endpoint.CancelAll();
  if (!WaitUntil(is_over, options_.stop_bound)) {
    log::Log(log::Level::kError, "a call did not stop when it was told to");
    std::_Exit(EXIT_FAILURE);
  }
  serving.join();
  return EXIT_SUCCESS;
}

}  // namespace pmcp::server
