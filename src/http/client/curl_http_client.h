// CurlHttpClient: HttpClient over libcurl, which is loaded at the first
// request (docs/decisions/0008): most starts need none.
//
// Keeps connections open between requests; certificates are checked; the usual
// proxy variables count. Thread-safe.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "http/client/http_client.h"

namespace pmcp::http {

struct CurlOptions {
  std::string ca_file;           // PEM; "": those of the system
  std::string client_cert_file;  // PEM; "": none
  std::string client_key_file;
  std::string unix_socket;  // "": over TCP
  /// For http; "": what the variable http_proxy says. The others are always
  /// those of the variables. Hosts of this machine are asked directly.
  std::string http_proxy;
  std::string user_agent;
  std::chrono::milliseconds connect_timeout{10'000};
};

class CurlHttpClient final : public HttpClient {
 public:
  /// Loads and asks nothing yet.
  explicit CurlHttpClient(CurlOptions options);
  ~CurlHttpClient() override;

  Result<ClientResponse> Send(const ClientRequest& request,
                              const CallContext& call) const override;

 private:
  class Pool;

  const CurlOptions options_;
  const std::unique_ptr<Pool> pool_;
};

}  // namespace pmcp::http
