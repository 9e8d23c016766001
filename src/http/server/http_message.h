// ServerRequest and ServerResponse: one HTTP exchange as plain values. They use
// no types of a library and know nothing of MCP.
//
// Values. The connection's thread calls `stream` of a response.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace pmcp::http {

struct HttpField {
  std::string name;   // as sent; compared without case
  std::string value;  // as sent, without white space around it
};

class HttpFields {
 public:
  /// Returns the value of the first field of this name, or null. The value may
  /// be empty.
  const std::string* Find(std::string_view name) const;
  /// Returns the value, or "" if there is no such field.
  std::string_view Get(std::string_view name) const;
  std::size_t Count(std::string_view name) const;

  void Add(std::string name, std::string value);
  const std::vector<HttpField>& all() const { return all_; }

 private:
  std::vector<HttpField> all_;
};

/// Compares without regard to the case of ASCII letters.
bool EqualsIgnoringCase(std::string_view a, std::string_view b);

struct ServerRequest {
  std::string method;  // "POST"
  std::string path;    // the target up to "?", not decoded: "/mcp"
  HttpFields fields;
  std::string body;
  std::string peer;  // the address of the other end, without its port
  std::chrono::steady_clock::time_point began =
      {};  // when the head was complete
  /// Whether the client has closed its side of the connection. Reads the state
  /// of the socket.
  std::function<bool()> is_peer_gone;
};

/// Receives the parts of a streamed response.
class HttpStreamSink {
 public:
  virtual ~HttpStreamSink() = default;
  /// Sends `bytes` at once. Returns false if the client is gone or does not
  /// read.
  virtual bool Write(std::string_view bytes) = 0;
};

struct ServerResponse {
  int status = 200;
  HttpFields fields = {};
  std::string content_type = {};  // "" without a body
  std::string body = {};
  /// Replaces the body if set. The connection calls it until it returns false,
  /// then closes. Each call must return within a second.
  std::function<bool(HttpStreamSink& sink)> stream = {};
};

}  // namespace pmcp::http
