// HttpEndpoint: MCP over HTTP without sockets. Maps request values to response
// values by Server::Handle.
//
//   POST    one message; the response is a body or a stream of events
//   GET     the stream of a session, or the rest of a stream that broke
//   DELETE  ends a session
//
// Thread-safe. Must outlive the streams of its responses.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/rate_limiter.h"
#include "http/server/http_guard.h"
#include "http/server/http_message.h"
#include "server/core/server.h"
#include "server/http/http_metrics.h"
#include "server/http/http_sessions.h"
#include "server/http/mirror_headers.h"
#include "server/http/post_reply.h"
#include "server/http/post_route.h"
#include "server/http/sse_carrier.h"
#include "server/words/jsonrpc.h"

namespace pmcp::server {

struct HttpEndpointOptions {
  std::string path = "/mcp";
  http::HttpGuardOptions guard = {};
  HttpSessions::Options sessions = {};
  RateLimiter::Options rate = {};
  /// Above it, calls are answered without a stream. A soft limit: several
  /// streams that begin at once may exceed it.
  std::size_t max_streams = 128;
  std::chrono::milliseconds heartbeat = std::chrono::seconds(15);
  std::vector<MirroredArgument> mirrored = {};
  Metrics* metrics = nullptr;  // outlives the endpoint; null: no metrics
  /// Whether /readyz answers 200.
  std::function<bool()> is_ready = [] { return true; };
};

class HttpEndpoint {
 public:
  HttpEndpoint(Server& server, HttpEndpointOptions options);

  /// Returns the response to a request that is refused by its header alone.
  std::optional<http::ServerResponse> Admit(
      const http::ServerRequest& request) const;
  http::ServerResponse Answer(const http::ServerRequest& request);

  /// The listener calls it for every response.
  void CountResponse(const http::ServerRequest* request, int status,
                     std::size_t sent_bytes) const {
    metrics_.CountResponse(request, status, sent_bytes);
  }

  /// From now on, streams end as soon as they have nothing to send, and /readyz
  /// answers 503.
  void Drain() { shared_.is_draining = true; }
  /// Cancels all calls, within 100 ms.
  void CancelAll();

  std::size_t sessions() const { return sessions_.size(); }
  std::size_t streams() const { return shared_.streams; }
  /// The number of messages passed to the server so far.
  std::size_t messages() const { return messages_; }

 private:
  /// A POST request while Server::Handle processes it.
  struct Post {
    std::shared_ptr<HttpSession> http_session;  // null: stateless
    std::shared_ptr<Session> session;
    std::shared_ptr<PostReply> reply;
    const protocol::Rules& rules;
    bool takes_json = true;
  };

  std::optional<http::ServerResponse> AnswerHead(
      const http::ServerRequest& request) const;
  bool IsEndpoint(std::string_view path) const;
  http::ServerResponse AnswerProbe(const http::ServerRequest& request) const;
  http::ServerResponse AnswerPost(const http::ServerRequest& request);
  http::ServerResponse AnswerGet(const http::ServerRequest& request);
  http::ServerResponse AnswerDelete(const http::ServerRequest& request);

  http::ServerResponse Follow(const PostRoute& route, jsonrpc::Parsed parsed,
                              const http::ServerRequest& request);
  http::ServerResponse Open(jsonrpc::Parsed parsed,
                            const http::ServerRequest& request);
  http::ServerResponse Handle(const std::shared_ptr<HttpSession>& http_session,
                              const protocol::Rules& rules,
                              jsonrpc::Parsed parsed,
                              const http::ServerRequest& request);
  http::ServerResponse Wait(const Post& post,
                            const http::ServerRequest& request);
  http::ServerResponse Body(const Post& post);
  http::ServerResponse StartStream(SseCarrier::Cargo cargo);
  bool HasEnoughStreams() const {
    return shared_.streams >= options_.max_streams;
  }
  std::optional<http::ServerResponse> RefuseListen(
      const jsonrpc::Parsed& parsed, const http::ServerRequest& request) const;
  std::optional<http::ServerResponse> LimitRate(
      const jsonrpc::Parsed& parsed, const http::ServerRequest& request);

  Server& server_;
  const HttpEndpointOptions options_;
  const http::HttpGuard guard_;
  HttpSessions sessions_;
  RateLimiter rate_;
  const HttpMetrics metrics_;
  SseCarrier::Shared shared_;
  std::atomic<std::size_t> messages_{0};
};

}  // namespace pmcp::server
