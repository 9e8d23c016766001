#include "tests/remote/nginx.h"

#include <arpa/inet.h>
#include <fmt/core.h>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <string_view>
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

/// A port that was free a moment ago.
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

void Replace(std::string_view from, const std::string& to, std::string& text) {
  for (auto at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

constexpr const char* kConfig = R"(
daemon off; master_process off; worker_processes 1;
pid FOLDER/nginx.pid; error_log FOLDER/error.log info;
events { }
http {
  log_format short '$connection $server_protocol $status $request_method $uri';
  access_log FOLDER/access.log short;
  client_body_temp_path FOLDER/body; proxy_temp_path FOLDER/proxy;
  fastcgi_temp_path FOLDER/f; uwsgi_temp_path FOLDER/u; scgi_temp_path FOLDER/s;
  client_max_body_size 16m;
  default_type application/json;
  server { SERVER }
}
)";

}  // namespace

Nginx::Nginx(std::string server) : port_(FreePort()) {
  std::string text = kConfig;
  Replace("SERVER", server, text);
  Replace("FOLDER", folder().string(), text);
  Replace("PORT", std::to_string(port_), text);
  folder_.Write("nginx.conf", text);
  std::string program = PMCP_NGINX;
  std::string config = (folder() / "nginx.conf").string();
  std::string log = (folder() / "error.log").string();
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

// nginx does not see a signal that arrives just before it waits for events, so
// the signal is repeated until the process ends.
Nginx::~Nginx() {
  do {
    ::kill(pid_, SIGTERM);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  } while (::waitpid(pid_, nullptr, WNOHANG) == 0);
}

std::string Nginx::AccessLog() const {
  return ReadFile(folder() / "access.log");
}

bool Nginx::Logs(std::string_view text) const {
  for (int tries = 0; tries < 1000; ++tries) {
    if (AccessLog().find(text) != std::string::npos) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return false;
}

std::string Nginx::ErrorLog() const { return ReadFile(folder() / "error.log"); }

}  // namespace pmcp::test
