#include "tests/support/fake_pyroscope.h"

#include <fmt/core.h>
#include <httplib.h>

#include <algorithm>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>
#include <utility>

#include "base/check.h"
#include "base/gzip.h"
#include "tests/support/fake_querier.h"
#include "tests/support/push_folder.h"

namespace pmcp::test {
namespace {

using nlohmann::json;

constexpr const char* kProto = "application/proto";

struct Refusal {
  int status;
  const char* code;
};

Refusal RefusalOf(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kInvalidArgument:
      return {400, "invalid_argument"};
    case ErrorKind::kUnsupported:
      return {501, "unimplemented"};
    case ErrorKind::kNotFound:
      return {404, "unimplemented"};
    default:
      return {500, "unknown"};
  }
}

void Refuse(const Refusal& refusal, const std::string& message,
            httplib::Response& response) {
  response.status = refusal.status;
  response.set_content(
      json{{"code", refusal.code}, {"message", message}}.dump(),
      "application/json");
}

std::string Lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) {
    return static_cast<char>(std::tolower(c));
  });
  return text;
}

}  // namespace

class FakePyroscope::Server {
 public:
  Server(const source::ProfileSource& source, FakePyroscopeOptions options)
      : options_(std::move(options)), querier_(source, options_) {
    http_.Get(options_.path_prefix + "/api/v1/status/buildinfo",
              [this](const auto& request, auto& response) {
                See(request);
                BuildInfo(response);
              });
    http_.Post(options_.path_prefix + R"(/querier\.v1\.QuerierService/(\w+))",
               [this](const auto& request, auto& response) {
                 See(request);
                 Answer(request, response);
               });
    http_.Post(options_.path_prefix + "/push.v1.PusherService/Push",
               [this](const auto& request, auto& response) {
                 See(request);
                 Push(request, response);
               });
    http_.set_keep_alive_max_count(1000);
    http_.set_keep_alive_timeout(1);
    http_.set_tcp_nodelay(true);
    port_ = options_.port;
    if (port_ == 0)
      port_ = http_.bind_to_any_port("127.0.0.1");
    else
      PMCP_CHECK(http_.bind_to_port("127.0.0.1", port_));
    PMCP_CHECK(port_ > 0);
    thread_ = std::thread([this] { http_.listen_after_bind(); });
    while (!http_.is_running()) std::this_thread::yield();
  }
  ~Server() {
    http_.stop();
    thread_.join();
  }

  int port() const { return port_; }
  const FakePyroscopeOptions& options() const { return options_; }
  std::vector<SeenRequest> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  void See(const httplib::Request& request) {
    SeenRequest seen{.path = request.path, .headers = {}};
    for (const auto& [name, value] : request.headers) {
      seen.headers[Lower(name)] = value;
    }
    const std::lock_guard lock(mutex_);
    requests_.push_back(std::move(seen));
  }

  void BuildInfo(httplib::Response& response) const {
    if (options_.version.empty() || !options_.tells_version) {
      response.status = 404;
      return;
    }
    response.set_content(
        json{{"status", "success"}, {"data", {{"version", options_.version}}}}
            .dump(),
        "application/json");
  }

  /// Refuses who is nobody, and what is not protobuf.
  bool LetsIn(const httplib::Request& request,
              httplib::Response& response) const {
    const auto differs = [&](const char* header, const std::string& wanted) {
      return !wanted.empty() && request.get_header_value(header) != wanted;
    };
    if (differs("Authorization", options_.authorization) ||
        differs("X-Scope-OrgID", options_.tenant)) {
      Refuse({401, "unauthenticated"}, "no org id", response);
      return false;
    }
    if (request.get_header_value("Content-Type") != kProto) {
      response.status = 415;
      return false;
    }
    return true;
  }

  void Push(const httplib::Request& request,
            httplib::Response& response) const {
    if (!LetsIn(request, response)) return;
    if (options_.pushed == nullptr || !options_.pushed->Take(request.body)) {
      Refuse({400, "invalid_argument"}, "nothing is taken", response);
      return;
    }
    response.set_content("", kProto);
  }

  void Answer(const httplib::Request& request,
              httplib::Response& response) const {
    std::this_thread::sleep_for(options_.latency);
    if (!LetsIn(request, response)) return;
    const std::string method = request.matches[1].str();
    const auto answer = querier_.Answer(method, request.body);
    if (!answer.ok()) {
      Refuse(RefusalOf(answer.error().kind), answer.error().message, response);
      return;
    }
    const std::string accepted = request.get_header_value("Accept-Encoding");
    const bool gzip =
        options_.gzip && accepted.find("gzip") != std::string::npos;
    if (gzip) response.set_header("Content-Encoding", "gzip");
    response.set_content(gzip ? Gzip(*answer) : *answer, kProto);
  }

  const FakePyroscopeOptions options_;
  const FakeQuerier querier_;
  httplib::Server http_;
  int port_ = 0;
  std::thread thread_;
  mutable std::mutex mutex_;  // guards requests_
  std::vector<SeenRequest> requests_;
};

FakePyroscope::FakePyroscope(const source::ProfileSource& source,
                             FakePyroscopeOptions options)
    : server_(std::make_unique<Server>(source, std::move(options))) {}

FakePyroscope::~FakePyroscope() = default;

std::string FakePyroscope::url() const {
  return fmt::format("http://127.0.0.1:{}{}", server_->port(),
                     server_->options().path_prefix);
}

int FakePyroscope::port() const { return server_->port(); }

std::vector<SeenRequest> FakePyroscope::requests() const {
  return server_->requests();
}

std::size_t FakePyroscope::Count(std::string_view path_end) const {
  return static_cast<std::size_t>(
      std::ranges::count_if(requests(), [&](const SeenRequest& request) {
        return request.path.ends_with(path_end);
      }));
}

}  // namespace pmcp::test
