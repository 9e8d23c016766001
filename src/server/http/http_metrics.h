// HttpMetrics: what an HTTP server counts of its requests.
//
//   pmcp_requests_total{method,tool,outcome}   messages that were answered
//   pmcp_request_seconds{method,tool}          how long that took
//   pmcp_http_responses_total{status}
//   pmcp_http_received_bytes_total, pmcp_http_sent_bytes_total
//
// Thread-safe. Methods and tools are labels only where they exist.
#pragma once

#include <chrono>
#include <string>

#include "base/metrics.h"
#include "http/server/http_message.h"
#include "server/core/reply_once.h"
#include "server/words/jsonrpc.h"

namespace pmcp::server {

class HttpMetrics {
 public:
  /// Null: nothing is counted.
  explicit HttpMetrics(Metrics* metrics) : metrics_(metrics) {}

  /// `reply`, counted when it is given. Several messages in one count as one,
  /// of the method "batch".
  ReplyOnce Counting(const jsonrpc::Parsed& parsed, ReplyOnce reply) const;

  void CountResponse(const http::ServerRequest* request, int status,
                     std::size_t sent_bytes) const;

 private:
  Metrics* const metrics_;
};

}  // namespace pmcp::server
