#include "tests/http/raw_client.h"

#include <arpa/inet.h>
#include <fmt/core.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>

#include "base/check.h"
#include "base/text.h"

namespace pmcp::test {
namespace {

constexpr std::chrono::seconds kPatience{20};

std::string LowerCase(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) {
    return static_cast<char>(std::tolower(c));
  });
  return lower;
}

RawResponse ParseHead(std::string_view head) {
  RawResponse response;
  response.status = std::atoi(std::string(head.substr(9, 3)).c_str());
  for (auto end = head.find("\r\n"); end != head.npos;
       end = head.find("\r\n")) {
    head.remove_prefix(end + 2);
    const auto line = head.substr(0, head.find("\r\n"));
    const auto colon = line.find(':');
    if (colon == line.npos) continue;
    response.fields[LowerCase(line.substr(0, colon))] =
        std::string(Trim(line.substr(colon + 1)));
  }
  return response;
}

}  // namespace

RawClient::RawClient(int port)
    : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  PMCP_CHECK(::connect(fd_.get(), reinterpret_cast<sockaddr*>(&address),
                       sizeof address) == 0);
}

bool RawClient::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count =
        ::send(fd_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

bool RawClient::Fill(std::chrono::milliseconds time) {
  pollfd fd{fd_.get(), POLLIN, 0};
  if (::poll(&fd, 1, static_cast<int>(time.count())) <= 0) return false;
  std::array<char, 65536> buffer;
  const auto count = ::recv(fd_.get(), buffer.data(), buffer.size(), 0);
  if (count <= 0) return false;
  in_.append(buffer.data(), static_cast<std::size_t>(count));
  return true;
}

std::optional<RawResponse> RawClient::Receive() {
  std::size_t end = in_.find("\r\n\r\n");
  while (end == std::string::npos) {
    if (!Fill(kPatience)) return std::nullopt;
    end = in_.find("\r\n\r\n");
  }
  RawResponse response = ParseHead(std::string_view(in_).substr(0, end + 2));
  const auto length = static_cast<std::size_t>(
      std::atoll(response.fields["content-length"].c_str()));
  const bool has_body = response.fields.contains("content-length");
  in_.erase(0, end + 4);
  while (has_body && in_.size() < length) {
    if (!Fill(kPatience)) return std::nullopt;
  }
  if (has_body) {
    response.body = in_.substr(0, length);
    in_.erase(0, length);
  }
  return response;
}

std::optional<std::string> RawClient::ReceiveSome(
    std::chrono::milliseconds time) {
  if (in_.empty() && !Fill(time)) return std::nullopt;
  return std::exchange(in_, {});
}

std::string RawClient::ReceiveUntil(std::string_view text) {
  std::string all;
  while (all.find(text) == std::string::npos) {
    const auto more = ReceiveSome();
    if (!more) break;
    all += *more;
  }
  return all;
}

bool RawClient::IsClosed(std::chrono::milliseconds time) {
  pollfd fd{fd_.get(), POLLIN, 0};
  if (!in_.empty() || ::poll(&fd, 1, static_cast<int>(time.count())) <= 0) {
    return false;
  }
  char byte = 0;
  return ::recv(fd_.get(), &byte, 1, 0) <= 0;
}

void RawClient::CloseSending() { ::shutdown(fd_.get(), SHUT_WR); }

std::string PostText(std::string_view body, std::string_view fields) {
  return fmt::format(
      "POST /mcp HTTP/1.1\r\nHost: localhost\r\n"
      "Content-Type: application/json\r\nContent-Length: {}\r\n{}\r\n{}",
      body.size(), fields, body);
}

std::string McpPost(std::string_view method, std::string_view params,
                    std::string_view name) {
  const std::string body = fmt::format(
      R"({{"jsonrpc":"2.0","id":1,"method":"{}","params":{{{}{}"_meta":)"
      R"({{"io.modelcontextprotocol/protocolVersion":"2026-07-28",)"
      R"("io.modelcontextprotocol/clientCapabilities":{{}},)"
      R"("progressToken":"p"}}}}}})",
      method, params, params.empty() ? "" : ",");
  std::string fields = fmt::format(
      "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: {}\r\n", method);
  if (!name.empty()) fields += fmt::format("Mcp-Name: {}\r\n", name);
  return PostText(body, fields);
}

}  // namespace pmcp::test
