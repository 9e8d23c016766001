// HttpClient: sends one request over HTTP and returns the response. An
// interface, so that tests and metrics can replace or wrap the transport.
//
// Thread-safe: several requests run at once.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/call_context.h"
#include "base/redacted.h"
#include "base/result.h"

namespace pmcp::http {

/// Values may be credentials, so they are never printed.
struct HttpHeader {
  std::string name;
  Redacted<std::string> value;
};

struct ClientRequest {
  std::string url;  // http or https; without a user name or a password
  std::vector<HttpHeader> headers;
  /// nullopt: the method is GET; otherwise POST.
  std::optional<std::string> body;
  /// Whether to accept a gzip-compressed response.
  bool accept_gzip = true;
  /// The maximum size of the decompressed response body.
  std::size_t max_response_bytes = std::size_t{256} << 20;
};

struct ClientResponse {
  int status = 0;
  std::string content_type;
  std::string retry_after;   // the header as received, or ""
  std::string redirects_to;  // the target of a redirect that is not followed
  std::string body;
};

class HttpClient {
 public:
  virtual ~HttpClient() = default;

  /// A response of any status is a success. Follows redirects to the same
  /// scheme, host and port only. Errors: kUnavailable (connection refused,
  /// unknown host, TLS failure, connection lost), kTooLarge, kBadResponse (not
  /// HTTP, broken gzip), and the errors of `call`.
  virtual Result<ClientResponse> Send(const ClientRequest& request,
                                      const CallContext& call) const = 0;
};

}  // namespace pmcp::http
