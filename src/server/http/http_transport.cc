#include "server/http/http_transport.h"

#include <fmt/core.h>
#include <poll.h>

#include <atomic>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <thread>

#include "base/log.h"
#include "base/stop_signal.h"

namespace pmcp::server {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kStep{20};
constexpr std::string_view kMetricsPath = "/metrics";

std::string UrlOf(const std::string& host, int port, const std::string& path) {
  const bool is_v6 = host.find(':') != std::string::npos;
  return fmt::format("http://{}{}{}:{}{}", is_v6 ? "[" : "", host,
                     is_v6 ? "]" : "", port, path);
}

void LogAnswer(const http::ServerRequest* request, int status,
               std::size_t bytes) {
  if (request == nullptr) {
    log::Info("http refused status={} sent={}", status, bytes);
    return;
  }
  const std::chrono::duration<double, std::milli> took =
      Clock::now() - request->began;
  log::Info("http {} {} status={} peer={} received={} sent={} took={:.1f}ms",
            request->method, request->path, status, request->peer,
            request->body.size(), bytes, took.count());
}

void WaitForSignal(const StopSignal& stop) {
  pollfd fd{stop.fd(), POLLIN, 0};
  while (!stop.IsRaised()) ::poll(&fd, 1, -1);
}

/// Runs a listener on a thread.
class ServingThread {
 public:
  explicit ServingThread(http::HttpListener& listener)
      : listener_(listener), thread_([this] {
          listener_.Run();
          has_ended_ = true;
        }) {}
  ~ServingThread() {
    while (!StopWithin(kStep)) {
    }
    thread_.join();
  }

  /// Returns true if the listener has written its last response within `time`.
  bool StopWithin(milliseconds time) {
    const auto until = Clock::now() + time;
    while (!has_ended_) {
      listener_.Stop();
      if (Clock::now() >= until) return false;
      std::this_thread::sleep_for(kStep);
    }
    return true;
  }

 private:
  http::HttpListener& listener_;
  std::atomic<bool> has_ended_{false};
  std::thread thread_;
};

/// Serves /metrics on a separate address, since clients of MCP must not read
/// it.
class MetricsPage {
 public:
  explicit MetricsPage(const Metrics& metrics)
      : listener_(
            {.max_connections = 8},
            {.admit = [](const http::ServerRequest& request)
                 -> std::optional<http::ServerResponse> {
               const bool is_page =
                   request.method == "GET" && request.path == kMetricsPath;
               if (is_page) return std::nullopt;
               return http::ServerResponse{.status = 404};
             },
             .answer =
                 [&metrics](const http::ServerRequest&) {
                   return http::ServerResponse{
                       .content_type = "text/plain; version=0.0.4",
                       .body = metrics.Page()};
                 },
             .answered = [](const http::ServerRequest*, int, std::size_t) {}}) {
  }

  bool Start(const std::string& host, int port) {
    const auto bound = listener_.Bind(host, port);
    if (!bound.ok()) {
      log::Log(log::Level::kError, "{}. {}", bound.error().message,
               bound.error().hint);
      return false;
    }
    url_ = UrlOf(host, *bound, std::string(kMetricsPath));
    serving_.emplace(listener_);
    return true;
  }
  const std::string& url() const { return url_; }

 private:
  http::HttpListener listener_;
  std::string url_;
  std::optional<ServingThread> serving_;
};

}  // namespace

void HttpTransport::SetGauges(const HttpEndpoint& endpoint,
                              const http::HttpListener& listener) const {
  if (options_.metrics == nullptr) return;
  const auto set = [&](std::string_view name, auto read) {
    options_.metrics->SetGauge(name,
                               [read] { return static_cast<double>(read()); });
  };
  set("pmcp_http_connections", [&] { return listener.open_connections(); });
  set("pmcp_sessions", [&] { return endpoint.sessions(); });
  set("pmcp_streams", [&] { return endpoint.streams(); });
}

int HttpTransport::Run(Server& server) {
  HttpEndpointOptions endpoint_options = options_.endpoint;
  endpoint_options.metrics = options_.metrics;
  HttpEndpoint endpoint(server, std::move(endpoint_options));
  http::HttpListener listener(
      options_.listener,
      {.admit = [&](const http::ServerRequest& r) { return endpoint.Admit(r); },
       .answer =
           [&](const http::ServerRequest& r) { return endpoint.Answer(r); },
       .answered =
           [&](const http::ServerRequest* request, int status,
               std::size_t bytes) {
             endpoint.CountResponse(request, status, bytes);
             LogAnswer(request, status, bytes);
           }});
  const auto port = listener.Bind(options_.host, options_.port);
  if (!port.ok()) {
    log::Log(log::Level::kError, "{}. {}", port.error().message,
             port.error().hint);
    return EXIT_FAILURE;
  }
  SetGauges(endpoint, listener);
  return ServeUntilSignal(endpoint, listener, *port);
}

int HttpTransport::ServeUntilSignal(HttpEndpoint& endpoint,
                                    http::HttpListener& listener, int port) {
  const StopSignal stop;
  std::optional<MetricsPage> page;
  if (!options_.metrics_host.empty() && options_.metrics != nullptr) {
    page.emplace(*options_.metrics);
    if (!page->Start(options_.metrics_host, options_.metrics_port)) {
      return EXIT_FAILURE;
    }
  }
  ServingThread serving(listener);
  if (options_.on_ready) {
    options_.on_ready(UrlOf(options_.host, port, options_.endpoint.path),
                      page ? page->url() : "");
  }

  WaitForSignal(stop);
  // Refuses new requests at once; waiting requests get their answers.
  endpoint.Drain();
  if (!serving.StopWithin(options_.drain)) endpoint.CancelAll();
  if (!serving.StopWithin(options_.stop_bound)) {
    log::Log(log::Level::kError,
             "a call ignored its cancellation; the process ends");
    std::_Exit(EXIT_FAILURE);
  }
  return EXIT_SUCCESS;
}

}  // namespace pmcp::server
