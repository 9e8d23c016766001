// RawClient: one connection to a server on this machine, for sending what no
// HTTP library would.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/file_descriptor.h"

namespace pmcp::test {

struct RawResponse {
  int status = 0;
  std::map<std::string, std::string> fields;  // names in lower case
  std::string body;
};

class RawClient {
 public:
  explicit RawClient(int port);

  /// False when the server does not take it any more.
  bool Send(std::string_view bytes);
  /// A whole answer with its length; nullopt when none came, or none more.
  std::optional<RawResponse> Receive();
  /// More of what comes, or nullopt at the end of the connection, or when
  /// nothing came for `time`.
  std::optional<std::string> ReceiveSome(
      std::chrono::milliseconds time = std::chrono::seconds(20));
  /// What comes until `text` has come, or all there is.
  std::string ReceiveUntil(std::string_view text);
  /// Whether the server has closed, or closes within `time`, with nothing more
  /// to say.
  bool IsClosed(std::chrono::milliseconds time = std::chrono::seconds(20));
  void CloseSending();
  void Close() { fd_.reset(); }

 private:
  bool Fill(std::chrono::milliseconds time);

  FileDescriptor fd_;
  std::string in_;
};

/// "POST /mcp" with what is needed, `fields` (each with CRLF) and `body`.
std::string PostText(std::string_view body, std::string_view fields = "");

/// A request of today's protocol with its mirror headers.
std::string ModernPost(std::string_view method, std::string_view params = "",
                       std::string_view name = "");

}  // namespace pmcp::test
