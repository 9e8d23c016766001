#include "server/http/http_endpoint.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "base/text.h"
#include "http/server/response_head.h"
#include "server/core/dispatcher.h"
#include "server/core/protocol.h"

namespace pmcp::server {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view kJson = "application/json";
constexpr std::string_view kEventStream = "text/event-stream";
constexpr std::string_view kSessionField = "Mcp-Session-Id";
constexpr std::string_view kAlive = "/healthz";
constexpr std::string_view kReady = "/readyz";

// The interval at which the connection of a waiting client is checked.
constexpr milliseconds kCheckInterval{100};
// Retry-After when there are too many streams.
constexpr milliseconds kStreamsRetry{5000};
// The status that nginx logs for a client that is gone; it is never received.
constexpr int kClientGone = 499;

http::ServerResponse WithRetry(http::ServerResponse response,
                               milliseconds after) {
  const auto seconds = std::max<long>((after.count() + 999) / 1000, 1);
  response.fields.Add("Retry-After", std::to_string(seconds));
  return response;
}

http::ServerResponse MethodNotAllowed() {
  http::ServerResponse response =
      http::PlainResponse(405, "method not allowed");
  response.fields.Add("Allow", "POST, GET, DELETE");
  return response;
}

/// The response to a CORS preflight request.
http::ServerResponse Preflight() {
  http::ServerResponse response{.status = 204};
  response.fields.Add("Access-Control-Allow-Methods", "POST, GET, DELETE");
  response.fields.Add(
      "Access-Control-Allow-Headers",
      "Authorization, Content-Type, Accept, Mcp-Session-Id, "
      "MCP-Protocol-Version, Mcp-Method, Mcp-Name, Last-Event-ID");
  return response;
}

/// Whether the header Accept contains `type`; without Accept every type is
/// accepted.
bool Accepts(const http::HttpFields& fields, std::string_view type) {
  const std::string* accept = fields.Find("Accept");
  if (accept == nullptr) return true;
  std::string_view rest = *accept;
  while (!rest.empty()) {
    const auto range = TakeFromList(rest);
    const auto name = Trim(range.substr(0, range.find(';')));
    const bool matches = http::EqualsIgnoringCase(name, type) ||
                         name == "*/*" ||
                         (name.ends_with("/*") &&
                          type.starts_with(name.substr(0, name.size() - 1)));
    if (matches) return true;
  }
  return false;
}

bool IsJson(std::string_view content_type) {
  return http::EqualsIgnoringCase(
      Trim(content_type.substr(0, content_type.find(';'))), kJson);
}

http::ServerResponse JsonBody(int status, std::string text) {
  return {.status = status,
          .content_type = std::string(kJson),
          .body = std::move(text)};
}

}  // namespace

HttpEndpoint::HttpEndpoint(Server& server, HttpEndpointOptions options)
    : server_(server),
      options_(std::move(options)),
      guard_(options_.guard),
      sessions_(options_.sessions, &HttpSessions::Clock::now),
      rate_(options_.rate, &RateLimiter::Clock::now),
      metrics_(options_.metrics) {}

void HttpEndpoint::CancelAll() {
  shared_.cancels_all = true;
  sessions_.CloseAll();
}

std::optional<http::ServerResponse> HttpEndpoint::Admit(
    const http::ServerRequest& request) const {
  auto answer = AnswerHead(request);
  // Refusals too, so that a page can read and show the reason.
  if (answer) guard_.AddCors(request.fields, *answer);
  return answer;
}

// Order matters: nothing is revealed before Host, Origin and token pass.
std::optional<http::ServerResponse> HttpEndpoint::AnswerHead(
    const http::ServerRequest& request) const {
  const bool is_get = request.method == "GET";
  if (request.path == kAlive || request.path == kReady) {
    // Probes may have any Host.
    if (is_get || request.method == "HEAD") return std::nullopt;
    return MethodNotAllowed();
  }
  if (auto refused = guard_.CheckHost(request.fields)) return refused;
  if (auto refused = guard_.CheckOrigin(request.fields)) return refused;
  if (!IsEndpoint(request.path)) {
    return http::PlainResponse(404,
                               "not found; the endpoint is " + options_.path);
  }
  if (request.method == "OPTIONS" &&
      guard_.IsListedOrigin(request.fields.Get("Origin"))) {
    return Preflight();
  }
  const bool is_post = request.method == "POST";
  if (!is_post && !is_get && request.method != "DELETE") {
    return MethodNotAllowed();
  }
  if (auto refused = guard_.CheckToken(request.fields)) return refused;
  if (!is_post) return std::nullopt;
  if (!IsJson(request.fields.Get("Content-Type"))) {
    return http::PlainResponse(415, "Content-Type must be application/json");
  }
  if (!Accepts(request.fields, kJson) &&
      !Accepts(request.fields, kEventStream)) {
    return http::PlainResponse(
        406, "Accept must have application/json or text/event-stream");
  }
  return std::nullopt;
}

/// A slash at the end is one that people type.
bool HttpEndpoint::IsEndpoint(std::string_view path) const {
  if (path.ends_with('/') && !options_.path.ends_with('/')) {
    path.remove_suffix(1);
  }
  return path == options_.path;
}

http::ServerResponse HttpEndpoint::Answer(const http::ServerRequest& request) {
  if (!IsEndpoint(request.path)) return AnswerProbe(request);
  http::ServerResponse response = request.method == "POST" ? AnswerPost(request)
                                  : request.method == "GET"
                                      ? AnswerGet(request)
                                      : AnswerDelete(request);
  guard_.AddCors(request.fields, response);
  return response;
}

http::ServerResponse HttpEndpoint::AnswerProbe(
    const http::ServerRequest& request) const {
  if (request.path == kAlive) return http::PlainResponse(200, "alive");
  if (shared_.is_draining) return http::PlainResponse(503, "draining");
  return options_.is_ready() ? http::PlainResponse(200, "ready")
                             : http::PlainResponse(503, "not ready");
}

http::ServerResponse HttpEndpoint::AnswerPost(
    const http::ServerRequest& request) {
  jsonrpc::Parsed parsed = jsonrpc::Parse(request.body);
  if (auto limited = LimitRate(parsed, request)) return *std::move(limited);
  const PostRoute route = RoutePost(request.fields, parsed, options_.mirrored);
  return Follow(route, std::move(parsed), request);
}

/// Limits calls and new sessions; lists and other cheap methods are not
/// limited.
std::optional<http::ServerResponse> HttpEndpoint::LimitRate(
    const jsonrpc::Parsed& parsed, const http::ServerRequest& request) {
  const auto counts = [](const jsonrpc::Message& message) {
    const auto* call = std::get_if<jsonrpc::Request>(&message);
    return call != nullptr && (Dispatcher::IsWork(call->method) ||
                               Dispatcher::IsInitialize(call->method));
  };
  for (const jsonrpc::Message& message : parsed.messages) {
    if (!counts(message)) continue;
    const milliseconds wait = rate_.Take(request.peer);
    if (wait.count() == 0) continue;
    const auto& id = std::get<jsonrpc::Request>(message).id;
    return WithRetry(
        JsonBody(429,
                 server::Reply::Refusal(id, protocol::RateLimited(wait)).text),
        wait);
  }
  return std::nullopt;
}

http::ServerResponse HttpEndpoint::Follow(const PostRoute& route,
                                          jsonrpc::Parsed parsed,
                                          const http::ServerRequest& request) {
  if (const auto* refused = std::get_if<RefusedPost>(&route)) {
    return JsonBody(refused->status, refused->answer.text);
  }
  if (std::holds_alternative<DroppedPost>(route)) return {.status = 202};
  if (std::holds_alternative<OpeningPost>(route)) {
    return Open(std::move(parsed), request);
  }
  if (const auto* stateless = std::get_if<StatelessPost>(&route)) {
    if (auto refused = RefuseListen(parsed, request)) {
      return *std::move(refused);
    }
    return Handle(nullptr, stateless->rules, std::move(parsed), request);
  }
  const auto session = sessions_.Find(std::get<SessionPost>(route).id);
  if (session == nullptr) {
    const RefusedPost refused = SessionNotFound(parsed);
    return JsonBody(refused.status, refused.answer.text);
  }
  return Handle(session, session->session()->version()->rules,
                std::move(parsed), request);
}

/// Refuses a listen request without a stream, since it would receive nothing.
std::optional<http::ServerResponse> HttpEndpoint::RefuseListen(
    const jsonrpc::Parsed& parsed, const http::ServerRequest& request) const {
  const auto* call = std::get_if<jsonrpc::Request>(&parsed.messages.front());
  if (call == nullptr || !Dispatcher::IsListen(call->method)) {
    return std::nullopt;
  }
  if (!Accepts(request.fields, kEventStream)) {
    return http::PlainResponse(406, "Accept must have text/event-stream");
  }
  if (!HasEnoughStreams()) return std::nullopt;
  const auto error = server::Reply::Refusal(call->id, protocol::ServerBusy());
  return WithRetry(JsonBody(503, error.text), kStreamsRetry);
}

/// Registers the session once initialize has succeeded.
http::ServerResponse HttpEndpoint::Open(jsonrpc::Parsed parsed,
                                        const http::ServerRequest& request) {
  const auto session = HttpSessions::Make();
  http::ServerResponse response =
      Handle(session, protocol::NewestSessionVersion().rules, std::move(parsed),
             request);
  if (session->session()->version() != nullptr) {
    response.fields.Add(std::string(kSessionField), session->id());
    sessions_.Add(session);
  }
  return response;
}

http::ServerResponse HttpEndpoint::Handle(
    const std::shared_ptr<HttpSession>& http_session,
    const protocol::Rules& rules, jsonrpc::Parsed parsed,
    const http::ServerRequest& request) {
  PostReply::StreamMaker make_stream;
  if (Accepts(request.fields, kEventStream)) {
    make_stream = [this, http_session]() -> std::shared_ptr<SseStream> {
      if (HasEnoughStreams()) return nullptr;
      if (http_session != nullptr) return http_session->NewStream();
      return std::make_shared<SseStream>("", SseStream::Keep::kNothing);
    };
  }
  const Post post{.http_session = http_session,
                  .session = http_session != nullptr
                                 ? http_session->session()
                                 : std::make_shared<Session>(),
                  .reply = std::make_shared<PostReply>(std::move(make_stream)),
                  .rules = rules,
                  .takes_json = Accepts(request.fields, kJson)};
  const ReplyOnce reply =
      metrics_.Counting(parsed, PostReply::MakeReply(post.reply));
  server_.Handle(std::move(parsed), post.session, reply);
  ++messages_;
  return Wait(post, request);
}

http::ServerResponse HttpEndpoint::Wait(const Post& post,
                                        const http::ServerRequest& request) {
  milliseconds time(0);  // most messages are already answered
  while (true) {
    switch (post.reply->WaitFor(time)) {
      case PostReply::Outcome::kAnswer:
        return Body(post);
      case PostReply::Outcome::kNoAnswer:
        return {.status = 202};
      case PostReply::Outcome::kStream: {
        const auto& stream = post.reply->stream();
        stream->Attach();
        return StartStream(
            {.stream = stream,
             .has_ids = post.rules.resumes_streams,
             .is_primed = post.rules.primes_streams,
             .ends_with_connection =
                 post.rules.disconnect_cancels ? post.session : nullptr,
             .is_peer_gone = request.is_peer_gone});
      }
      case PostReply::Outcome::kPending:
        break;
    }
    time = kCheckInterval;
    if (shared_.cancels_all) post.session->CancelAll();
    if (request.is_peer_gone()) {
      if (post.rules.disconnect_cancels) post.session->CancelAll();
      return {.status = kClientGone};
    }
  }
}

http::ServerResponse HttpEndpoint::Body(const Post& post) {
  server::Reply answer = post.reply->TakeReply();
  const int status = StatusOf(answer, post.rules);
  if (status == 200 && !post.takes_json) {
    return {.status = 200,
            .content_type = std::string(kEventStream),
            .body = FormatEvent("", answer.text)};
  }
  http::ServerResponse response = JsonBody(status, std::move(answer.text));
  if (status == 503) return WithRetry(std::move(response), milliseconds(1000));
  return response;
}

http::ServerResponse HttpEndpoint::StartStream(SseCarrier::Cargo cargo) {
  cargo.heartbeat = options_.heartbeat;
  http::ServerResponse response{.content_type = std::string(kEventStream)};
  response.fields.Add("Cache-Control", "no-cache, no-transform");
  response.fields.Add("X-Accel-Buffering", "no");
  // The function owns the carrier; the connection destroys it at its end.
  response.stream =
      [carrier = std::make_shared<SseCarrier>(std::move(cargo), shared_)](
          http::HttpStreamSink& sink) { return carrier->Step(sink); };
  return response;
}

http::ServerResponse HttpEndpoint::AnswerGet(
    const http::ServerRequest& request) {
  const std::string* id = request.fields.Find(kSessionField);
  if (id == nullptr) return MethodNotAllowed();
  if (!Accepts(request.fields, kEventStream)) {
    return http::PlainResponse(406, "Accept must have text/event-stream");
  }
  const auto session = sessions_.Find(*id);
  if (session == nullptr) return http::PlainResponse(404, "session not found");
  SseCarrier::Cargo cargo{.stream = session->outbox(),
                          .has_ids = true,
                          .only_listens = true,
                          .is_peer_gone = request.is_peer_gone};
  if (const std::string* last = request.fields.Find("Last-Event-ID")) {
    const auto event = ParseEventId(*last);
    cargo.stream = event ? session->FindStream(event->stream) : nullptr;
    if (cargo.stream == nullptr) {
      return http::PlainResponse(404, "there is no stream of this event");
    }
    cargo.after = event->number;
    cargo.only_listens = cargo.stream == session->outbox();
  } else {
    cargo.is_primed = session->session()->version()->rules.primes_streams;
  }
  if (HasEnoughStreams()) {
    return WithRetry(http::PlainResponse(503, "too many streams"),
                     kStreamsRetry);
  }
  if (!cargo.stream->Attach()) {
    return http::PlainResponse(409, "another connection carries this stream");
  }
  return StartStream(std::move(cargo));
}

http::ServerResponse HttpEndpoint::AnswerDelete(
    const http::ServerRequest& request) {
  const std::string* id = request.fields.Find(kSessionField);
  if (id == nullptr)
    return http::PlainResponse(400, "Mcp-Session-Id is missing");
  if (!sessions_.Close(*id))
    return http::PlainResponse(404, "session not found");
  return {.status = 204};
}

}  // namespace pmcp::server
