// CurlHttpClient: an HttpClient over libcurl. The library is loaded at the
// first request (docs/decisions/0008): most starts send none.
//
// Reuses connections, verifies TLS certificates, and honors the usual proxy
// environment variables. Thread-safe.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "http/client/http_client.h"

namespace pmcp::http {

struct CurlOptions {
  std::string ca_file;           // PEM; "": the system's CA certificates
  std::string client_cert_file;  // PEM; "": none
  std::string client_key_file;
  std::string unix_socket;  // "": over TCP
  /// The proxy for http URLs; "": the variable http_proxy. Proxies for other
  /// schemes come from their variables. Requests to loopback use no proxy.
  std::string http_proxy;
  std::string user_agent;
  std::chrono::milliseconds connect_timeout{10'000};
};

class CurlHttpClient final : public HttpClient {
 public:
  /// Neither loads libcurl nor connects.
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
