// CountingHttpClient: passes requests to another client and counts them.
//
//   pmcp_upstream_requests_total{source,outcome}   outcome: the status, such as
//                                                  200, or the kind of an error
//   pmcp_upstream_request_seconds{source}
//   pmcp_upstream_received_bytes_total{source}
//
// Thread-safe.
#pragma once

#include <memory>
#include <string>

#include "base/metrics.h"
#include "http/client/http_client.h"

namespace pmcp::http {

class CountingHttpClient final : public HttpClient {
 public:
  /// `source` is the name of the source in the configuration. `metrics` must
  /// outlive this.
  CountingHttpClient(std::unique_ptr<HttpClient> client, std::string source,
                     Metrics& metrics);

  Result<ClientResponse> Send(const ClientRequest& request,
                              const CallContext& call) const override;

 private:
  const std::unique_ptr<HttpClient> client_;
  const std::string label_;
  Metrics& metrics_;
};

}  // namespace pmcp::http
