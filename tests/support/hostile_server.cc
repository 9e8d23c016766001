#include "tests/support/hostile_server.h"

#include <arpa/inet.h>
#include <fmt/core.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace pmcp::test {
namespace {

constexpr int kPollMs = 10;

bool IsReady(int fd) {
  pollfd one{fd, POLLIN, 0};
  return ::poll(&one, 1, kPollMs) > 0;
}

}  // namespace

HostileServer::HostileServer(std::vector<HostileReply> replies)
    : replies_(std::move(replies)) {
  listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* any = reinterpret_cast<sockaddr*>(&address);
  PMCP_CHECK(::bind(listener_, any, size) == 0);
  PMCP_CHECK(::listen(listener_, 16) == 0);
  ::getsockname(listener_, any, &size);
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { Run(); });
}

HostileServer::~HostileServer() {
  stopping_ = true;
  thread_.join();
  ::close(listener_);
}

std::string HostileServer::url() const {
  return fmt::format("http://127.0.0.1:{}", port_);
}

std::vector<std::string> HostileServer::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

void HostileServer::Run() {
  for (std::size_t served = 0; !stopping_;) {
    if (!IsReady(listener_)) continue;
    const int fd = ::accept(listener_, nullptr, nullptr);
    if (fd < 0) continue;
    Serve(fd, replies_[std::min(served++, replies_.size() - 1)]);
    ::close(fd);
  }
}

void HostileServer::Serve(int fd, const HostileReply& reply) {
  std::string request;
  char chunk[4096];
  while (!stopping_ && request.find("\r\n\r\n") == std::string::npos) {
    if (!IsReady(fd)) continue;
    const ssize_t count = ::recv(fd, chunk, sizeof chunk, 0);
    if (count <= 0) break;
    request.append(chunk, static_cast<std::size_t>(count));
    if (request[0] == '\x16') break;  // the hello of TLS
  }
  {
    const std::lock_guard lock(mutex_);
    requests_.push_back(request);
  }
  const auto send = [&] {
    return ::send(fd, reply.bytes.data(), reply.bytes.size(), MSG_NOSIGNAL) > 0;
  };
  if (!reply.bytes.empty() && !send()) return;
  while (!stopping_ && reply.then == HostileReply::Then::kRepeat && send()) {
  }
  const bool drips = reply.then == HostileReply::Then::kDrip;
  while (!stopping_ && (drips || reply.then == HostileReply::Then::kHang)) {
    // Until the client goes away.
    if (IsReady(fd) && ::recv(fd, chunk, sizeof chunk, 0) <= 0) {
      ++left_;
      return;
    }
    if (drips) ::send(fd, "x", 1, MSG_NOSIGNAL);
  }
}

}  // namespace pmcp::test
