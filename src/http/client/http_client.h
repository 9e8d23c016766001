// HttpClient: one request over HTTP, one response. The seam between what is
// asked and how it travels.
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

/// Values may be credentials, so none is ever printed.
struct HttpHeader {
  std::string name;
  Redacted<std::string> value;
};

struct ClientRequest {
  std::string url;  // http or https; without a user name or a password
  std::vector<HttpHeader> headers;
  /// nullopt: GET, else POST.
  std::optional<std::string> body;
  /// Takes an answer that is compressed by gzip.
  bool accept_gzip = true;
  /// Of the answer's body, inflated.
  std::size_t max_response_bytes = std::size_t{256} << 20;
};

struct ClientResponse {
  int status = 0;
  std::string content_type;
  std::string retry_after;   // as it came, or ""
  std::string redirects_to;  // where a redirect that is not followed leads
  std::string body;
};

class HttpClient {
 public:
  virtual ~HttpClient() = default;

  /// Any status is a response. Redirects are followed only to the same scheme,
  /// host and port. Errors: kUnavailable (refused, no such host, TLS, cut),
  /// kTooLarge, kBadResponse (not HTTP, broken gzip), and what `call` says.
  virtual Result<ClientResponse> Send(const ClientRequest& request,
                                      const CallContext& call) const = 0;
};

}  // namespace pmcp::http
