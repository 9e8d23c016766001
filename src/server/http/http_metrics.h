// HttpMetrics: the metrics of an HTTP server.
//
//   pmcp_requests_total{method,tool,outcome}   answered messages
//   pmcp_request_seconds{method,tool}          time to the answer
//   pmcp_http_responses_total{status}
//   pmcp_http_received_bytes_total, pmcp_http_sent_bytes_total
//
// Thread-safe. Only existing methods and tools become label values.
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
  /// Null disables counting.
  explicit HttpMetrics(Metrics* metrics) : metrics_(metrics) {}

  /// Wraps `reply` so that it is counted when it is given. A batch counts as
  /// one message of the method "batch".
  ReplyOnce Counting(const jsonrpc::Parsed& parsed, ReplyOnce reply) const;

  void CountResponse(const http::ServerRequest* request, int status,
                     std::size_t sent_bytes) const;

 private:
  Metrics* const metrics_;
};

}  // namespace pmcp::server
