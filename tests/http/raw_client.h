// RawClient: one connection to a server on loopback. It sends any bytes, also
// invalid requests.
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

  /// Returns false if the server accepts no more bytes.
  bool Send(std::string_view bytes);
  /// Returns a complete response with Content-Length, or nullopt if none
  /// arrives.
  std::optional<RawResponse> Receive();
  /// Returns the next bytes; nullopt at the end of the connection, or if
  /// nothing arrives within `time`.
  std::optional<std::string> ReceiveSome(
      std::chrono::milliseconds time = std::chrono::seconds(20));
  /// Returns the bytes up to and with `text`, or all bytes if it does not
  /// arrive.
  std::string ReceiveUntil(std::string_view text);
  /// Whether the server closes the connection within `time` without more bytes.
  bool IsClosed(std::chrono::milliseconds time = std::chrono::seconds(20));
  void CloseSending();
  void Close() { fd_.reset(); }

 private:
  bool Fill(std::chrono::milliseconds time);

  FileDescriptor fd_;
  std::string in_;
};

/// "POST /mcp" with the required fields, `fields` (each with CRLF) and `body`.
std::string PostText(std::string_view body, std::string_view fields = "");

/// A request of the stateless protocol with its mirror headers.
std::string McpPost(std::string_view method, std::string_view params = "",
                    std::string_view name = "");

}  // namespace pmcp::test
