#include "server/http/http_metrics.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <variant>

#include "server/core/dispatcher.h"

namespace pmcp::server {
namespace {

using Clock = std::chrono::steady_clock;

struct Labels {
  std::string method;
  std::string tool;  // as requested; it may not exist
};

std::optional<Labels> LabelsOf(const jsonrpc::Parsed& parsed) {
  if (parsed.is_batch) return Labels{"batch", ""};
  const auto* request = std::get_if<jsonrpc::Request>(&parsed.messages.front());
  if (request == nullptr) return std::nullopt;
  if (!Dispatcher::IsMethod(request->method)) {
    return Labels{"unknown", ""};
  }
  Labels labels{request->method, ""};
  if (request->method != "tools/call") return labels;
  const auto name = request->params->find("name");
  if (name != request->params->end() && name->is_string()) {
    labels.tool = name->get<std::string>();
  }
  return labels;
}

void CountAnswer(Metrics& metrics, const Labels& labels,
                 const std::optional<Reply>& answer, Clock::time_point start) {
  const bool is_error = answer && answer->error_code != 0;
  const std::string text = fmt::format(
      "method=\"{}\",tool=\"{}\"", labels.method, is_error ? "" : labels.tool);
  const std::string_view outcome = answer ? answer->outcome : "cancelled";
  metrics.Count("pmcp_requests_total",
                fmt::format("{},outcome=\"{}\"", text, outcome));
  metrics.Observe("pmcp_request_seconds", text,
                  std::chrono::duration<double>(Clock::now() - start).count());
}

}  // namespace

ReplyOnce HttpMetrics::Counting(const jsonrpc::Parsed& parsed,
                                ReplyOnce reply) const {
  if (metrics_ == nullptr) return reply;
  auto labels = LabelsOf(parsed);
  if (!labels) return reply;
  return ReplyOnce(
      {.notify = [reply](std::string m) { reply.Notify(std::move(m)); },
       .finish =
           [reply, labels = *std::move(labels), metrics = metrics_,
            start = Clock::now()](std::optional<Reply> answer) {
             CountAnswer(*metrics, labels, answer, start);
             if (answer) {
               reply.Send(*std::move(answer));
             } else {
               reply.Nothing();
             }
           },
       .close_stream = [reply] { reply.CloseStream(); }});
}

void HttpMetrics::CountResponse(const http::ServerRequest* request, int status,
                                std::size_t sent_bytes) const {
  if (metrics_ == nullptr) return;
  metrics_->Count("pmcp_http_responses_total",
                  fmt::format("status=\"{}\"", status));
  metrics_->Count("pmcp_http_sent_bytes_total", "", sent_bytes);
  if (request != nullptr) {
    metrics_->Count("pmcp_http_received_bytes_total", "", request->body.size());
  }
}

}  // namespace pmcp::server
