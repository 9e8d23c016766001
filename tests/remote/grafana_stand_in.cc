#include "tests/remote/grafana_stand_in.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "base/check.h"
#include "tests/support/read_file.h"

namespace pmcp::test {
namespace {

sockaddr_in Loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

/// One that nobody had a moment ago.
int FreePort() {
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = Loopback(0);
  socklen_t size = sizeof address;
  PMCP_CHECK(::bind(fd, reinterpret_cast<sockaddr*>(&address), size) == 0);
  ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
  ::close(fd);
  return ntohs(address.sin_port);
}

bool Listens(int port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = Loopback(port);
  const bool connected =
      ::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  ::close(fd);
  return connected;
}

constexpr const char* kConfig = R"(
daemon off; master_process off; worker_processes 1;
pid {0}/nginx.pid; error_log {0}/error.log info;
events {{ }}
http {{
  access_log {0}/access.log;
  client_body_temp_path {0}/body; proxy_temp_path {0}/proxy;
  fastcgi_temp_path {0}/f; uwsgi_temp_path {0}/u; scgi_temp_path {0}/s;
  client_max_body_size 16m;
  gzip {1}; gzip_types application/proto; gzip_min_length 1; gzip_proxied any;
  server {{
    listen 127.0.0.1:{2};
    default_type application/json;
    if ($http_authorization != "Bearer {3}") {{
      return 401 '{{"message":"Invalid API key"}}';
    }}
    location = /grafana/api/datasources {{
      return 200 '[{{"uid":"ps-1","name":"Profiles","type":"grafana-pyroscope-datasource","jsonData":{{"minStep":"20s"}}}},{{"uid":"m","name":"Metrics","type":"prometheus"}}]';
    }}
    location /grafana/api/datasources/proxy/uid/ps-1/ {{
      proxy_pass {4}/;
      proxy_set_header Authorization "";
      proxy_set_header X-Scope-OrgID "team-a";
      proxy_http_version 1.1;
    }}
    location / {{
      return 404 '{{"message":"Not found"}}';
    }}
  }}
}}
)";

}  // namespace

GrafanaStandIn::GrafanaStandIn(const std::string& upstream, bool gzip)
    : port_(FreePort()) {
  const std::string folder = folder_.path().string();
  folder_.Write("nginx.conf",
                fmt::format(fmt::runtime(kConfig), folder, gzip ? "on" : "off",
                            port_, kToken, upstream));
  std::string program = PMCP_NGINX;
  std::string config = folder + "/nginx.conf";
  std::string log = folder + "/error.log";
  char* argv[] = {program.data(), const_cast<char*>("-c"),
                  config.data(),  const_cast<char*>("-e"),
                  log.data(),     nullptr};
  PMCP_CHECK(
      ::posix_spawn(&pid_, PMCP_NGINX, nullptr, nullptr, argv, environ) == 0);
  for (int tries = 0; !Listens(port_); ++tries) {
    PMCP_CHECK(tries < 1000 && ::waitpid(pid_, nullptr, WNOHANG) == 0);
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

GrafanaStandIn::~GrafanaStandIn() {
  ::kill(pid_, SIGTERM);
  ::waitpid(pid_, nullptr, 0);
}

std::string GrafanaStandIn::url() const {
  return fmt::format("http://127.0.0.1:{}/grafana", port_);
}

std::string GrafanaStandIn::Logs() const {
  return ReadFile(folder_.path() / "access.log") +
         ReadFile(folder_.path() / "error.log");
}

}  // namespace pmcp::test
