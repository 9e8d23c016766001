// ServerRequest and ServerResponse: one exchange over HTTP as plain values. No
// library's types, and nothing of MCP.
//
// Values; a request's stream of answers is used by the connection's thread.
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
  /// The first of this name, or null. An empty value is a value.
  const std::string* Find(std::string_view name) const;
  /// The value, or "" when there is none.
  std::string_view Get(std::string_view name) const;
  std::size_t Count(std::string_view name) const;

  void Add(std::string name, std::string value);
  const std::vector<HttpField>& all() const { return all_; }

 private:
  std::vector<HttpField> all_;
};

/// ASCII letters compare alike in both cases.
bool EqualsIgnoringCase(std::string_view a, std::string_view b);

struct ServerRequest {
  std::string method;  // "POST"
  std::string path;    // the target up to "?", not decoded: "/mcp"
  HttpFields fields;
  std::string body;
  std::string peer;  // the address of the other end, without its port
  std::chrono::steady_clock::time_point began = {};  // when the head was there
  /// Whether the client has closed its side meanwhile. Looks at the socket.
  std::function<bool()> is_peer_gone;
};

/// Where the pieces of a streamed answer go.
class HttpStreamSink {
 public:
  virtual ~HttpStreamSink() = default;
  /// Sent at once; false when the client is gone or does not read.
  virtual bool Write(std::string_view bytes) = 0;
};

struct ServerResponse {
  int status = 200;
  HttpFields fields = {};
  std::string content_type = {};  // "" without a body
  std::string body = {};
  /// Instead of a body: called again and again until it returns false; each
  /// call must return within a second. The connection is closed after it.
  std::function<bool(HttpStreamSink& sink)> stream = {};
};

}  // namespace pmcp::http
