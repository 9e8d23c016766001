#include "http/client/counting_http_client.h"

#include <fmt/core.h>

#include <chrono>
#include <utility>

#include "base/error.h"

namespace pmcp::http {

CountingHttpClient::CountingHttpClient(std::unique_ptr<HttpClient> client,
                                       std::string source, Metrics& metrics)
    : client_(std::move(client)),
      label_(fmt::format("source=\"{}\"", source)),
      metrics_(metrics) {}

Result<ClientResponse> CountingHttpClient::Send(const ClientRequest& request,
                                                const CallContext& call) const {
  const auto start = std::chrono::steady_clock::now();
  auto response = client_->Send(request, call);
  const std::chrono::duration<double> took =
      std::chrono::steady_clock::now() - start;
  const std::string outcome = response.ok()
                                  ? std::to_string(response->status)
                                  : std::string(Name(response.error().kind));
  metrics_.Count("pmcp_upstream_requests_total",
                 fmt::format("{},outcome=\"{}\"", label_, outcome));
  metrics_.Observe("pmcp_upstream_request_seconds", label_, took.count());
  if (response.ok()) {
    metrics_.Count("pmcp_upstream_received_bytes_total", label_,
                   response->body.size());
  }
  return response;
}

}  // namespace pmcp::http
