#include "http/server/http_listener.h"

#include <fmt/core.h>
#include <httplib.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <utility>
#include <variant>

#include "base/log.h"
#include "base/worker_pool.h"
#include "http/server/http_head.h"
#include "http/server/response_head.h"

// cmake/Httplib.cmake finds out what the library's version has.
#if PMCP_HTTPLIB_STREAM_WAITS
#define PMCP_OLD_OVERRIDE
#define PMCP_NEW_OVERRIDE override
#else
#define PMCP_OLD_OVERRIDE override
#define PMCP_NEW_OVERRIDE
#endif

namespace pmcp::http {
namespace {

using std::chrono::milliseconds;

constexpr int kBacklog = 128;
// How long after a refused connection idle ones go on making room.
constexpr milliseconds kCrowdedTime{2'000};
constexpr const char* kRetryAfterSeconds = "1";
// Reads of what a refused client has sent; one that goes on sending must not
// keep the thread that accepts.
constexpr int kMostDropped = 16;
// A connection that waits does not keep the memory of a larger body.
constexpr std::size_t kKeptBodyBytes = std::size_t{64} << 10;
// Between two pieces of a chunked body, and after the last: sizes of chunks,
// extensions and trailers. Newer versions of the library keep all trailers.
constexpr std::size_t kMostFramingBytes = std::size_t{16} << 10;

/// The wire as the library wants to see it: to read from. What it would answer
/// is dropped. Counts what is read; whoever takes a piece of the body resets
/// the count.
class LibraryStream final : public httplib::Stream {
 public:
  LibraryStream(Connection& wire, std::size_t& framing_bytes)
      : wire_(wire), framing_bytes_(framing_bytes) {}

  bool is_readable() const override { return wire_.IsReadable(); }
  bool is_writable() const PMCP_OLD_OVERRIDE { return true; }
  bool wait_readable() const PMCP_NEW_OVERRIDE { return wire_.IsReadable(); }
  bool wait_writable() const PMCP_NEW_OVERRIDE { return true; }
  time_t duration() const PMCP_NEW_OVERRIDE { return 0; }
  ssize_t read(char* data, size_t size) override {
    if (framing_bytes_ >= kMostFramingBytes) return -1;
    const long count = wire_.Read(data, size);
    if (count > 0) framing_bytes_ += static_cast<std::size_t>(count);
    return count;
  }
  ssize_t write(const char*, size_t size) override {
    return static_cast<ssize_t>(size);
  }
  using httplib::Stream::write;
  // Who the client is, is asked of the socket, not of the library.
  void get_remote_ip_and_port(std::string&, int&) const override {}
  void get_local_ip_and_port(std::string&, int&) const override {}
  socket_t socket() const override { return wire_.fd(); }

 private:
  Connection& wire_;
  std::size_t& framing_bytes_;
};

/// The pieces of a stream, each sent at once.
class WireSink final : public HttpStreamSink {
 public:
  WireSink(Connection& wire, bool is_chunked)
      : wire_(wire), is_chunked_(is_chunked) {}

  bool Write(std::string_view bytes) override {
    if (bytes.empty()) return true;  // as a chunk it would be the end
    bytes_ += bytes.size();
    if (is_chunked_) wire_.Write(fmt::format("{:x}\r\n", bytes.size()));
    wire_.Write(bytes);
    if (is_chunked_) wire_.Write("\r\n");
    return wire_.Flush();
  }
  void End() {
    if (is_chunked_) wire_.Write("0\r\n\r\n");
  }
  std::size_t bytes() const { return bytes_; }

 private:
  Connection& wire_;
  const bool is_chunked_;
  std::size_t bytes_ = 0;
};

std::string PeerAddress(int fd) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  char host[NI_MAXHOST] = "";
  if (::getpeername(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0 ||
      ::getnameinfo(reinterpret_cast<sockaddr*>(&address), size, host,
                    sizeof host, nullptr, 0, NI_NUMERICHOST) != 0) {
    return "";
  }
  return host;
}

/// What the library gets to parse of a request whose body is chunked: nothing
/// that could surprise it.
constexpr std::string_view kChunkedFraming =
    "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n"
    "Connection: close\r\n\r\n";

constexpr std::string_view kClose = "Connection: close";
constexpr std::string_view kGoOn = "HTTP/1.1 100 Continue\r\n\r\n";

}  // namespace

/// The library's server with reading, admission and threads replaced.
class HttpListener::Impl final : public httplib::Server {
 public:
  Impl(HttpListenerOptions options, Callbacks callbacks)
      : options_(options),
        callbacks_(std::move(callbacks)),
        keep_(fmt::format(
            "Keep-Alive: timeout={}",
            std::chrono::duration_cast<std::chrono::seconds>(options.idle_time)
                .count())) {
    Post("/", [this](const httplib::Request&, httplib::Response&,
                     const httplib::ContentReader& reader) {
      TakeChunks(*current_connection, reader);
    });
    set_tcp_nodelay(true);
    // Two servers must not share a port without a word.
    set_socket_options([](socket_t fd) {
      const int yes = 1;
      ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    });
    new_task_queue = [this] { return new Threads(*this); };
  }

  Result<int> Bind(const std::string& host, int port);

  void Run() { listen_after_bind(); }

  void StopListening() {
    is_stopping_ = true;
    // stop() does nothing before the loop runs, so Stop is called again then;
    // and it must not be called twice.
    if (is_running() && !has_stopped_.exchange(true)) stop();
  }

  bool is_stopping() const { return is_stopping_; }
  std::size_t open() const { return open_; }

 private:
  using TaskQueueResult = decltype(std::declval<httplib::TaskQueue&>().enqueue(
      std::declval<std::function<void()>>()));

  /// Runs connections on a bounded pool; refuses what does not fit.
  class Threads final : public httplib::TaskQueue {
   public:
    explicit Threads(const Impl& server)
        : pool_(std::make_unique<WorkerPool>(WorkerPool::Options{
              .threads = server.options_.max_connections, .queue = 0})) {}

    TaskQueueResult enqueue(std::function<void()> serve) override {
      if (!pool_->TryPost(serve)) {
        // Served by this thread, which knows how to say no.
        refuses_connection = true;
        serve();
        refuses_connection = false;
      }
      return TaskQueueResult(true);  // void in older versions
    }
    void shutdown() override { pool_.reset(); }

   private:
    std::unique_ptr<WorkerPool> pool_;
  };

  /// One connection, and the request on it that is served now.
  struct ServedConnection {
    Connection wire;
    ServerRequest request = {};
    /// How reading a chunked body ended; 200 when it is there.
    int chunks_status = 400;
    /// Read since the last piece of a chunked body.
    std::size_t framing_bytes = 0;
  };

  bool process_and_close_socket(socket_t fd) override;
  void Serve(ServedConnection& connection);
  bool WaitForRequest(Connection& wire) const;
  /// False when the connection is to be closed.
  bool ServeRequest(ServedConnection& connection);
  bool ServeHead(ServedConnection& connection, HttpHead head);
  /// 200, or the status to refuse it with.
  int ReadBody(ServedConnection& connection, const HttpHead& head);
  int ReadChunks(ServedConnection& connection);
  void TakeChunks(ServedConnection& connection,
                  const httplib::ContentReader& reader) const;
  ServerResponse AnswerFenced(const ServerRequest& request) const;
  bool Give(ServedConnection& connection, const ServerResponse& answer,
            const HttpHead& head);
  void GiveStream(ServedConnection& connection, ServerResponse answer,
                  const HttpHead& head);
  void Refuse(ServedConnection& connection, const ServerResponse& response,
              const ServerRequest* request);
  void RefuseConnection(int fd);
  bool IsCrowded() const {
    return std::chrono::steady_clock::now().time_since_epoch() <
           crowded_until_.load();
  }

  /// Set while this thread refuses a connection instead of serving it.
  static inline thread_local bool refuses_connection = false;
  /// What the library's callback on this thread is about.
  static inline thread_local ServedConnection* current_connection = nullptr;

  const HttpListenerOptions options_;
  const Callbacks callbacks_;
  const std::string keep_;  // what a connection is told that goes on
  std::atomic<bool> is_stopping_{false};
  std::atomic<bool> has_stopped_{false};
  std::atomic<std::size_t> open_{0};
  std::atomic<std::chrono::steady_clock::duration> crowded_until_{};
};

Result<int> HttpListener::Impl::Bind(const std::string& host, int port) {
  const int bound = port == 0 ? bind_to_any_port(host)
                              : (bind_to_port(host, port) ? port : -1);
  if (bound <= 0) {
    return Error{ErrorKind::kUnavailable,
                 fmt::format("cannot listen on \"{}:{}\"", host, port),
                 "Is another server there? Choose another address."};
  }
  ::listen(svr_sock_, kBacklog);  // the library asks for 5
  return bound;
}

bool HttpListener::Impl::process_and_close_socket(socket_t fd) {
  if (refuses_connection) {
    RefuseConnection(fd);
  } else {
    ++open_;
    ServedConnection connection{.wire = Connection(fd, options_.wire)};
    current_connection = &connection;
    Serve(connection);
    current_connection = nullptr;
    --open_;
  }
  ::shutdown(fd, SHUT_RDWR);
  ::close(fd);
  return true;
}

void HttpListener::Impl::RefuseConnection(int fd) {
  crowded_until_ =
      (std::chrono::steady_clock::now() + kCrowdedTime).time_since_epoch();
  ServerResponse response = PlainResponse(503, "too many connections");
  response.fields.Add("Retry-After", kRetryAfterSeconds);
  const std::string text = FormatResponseHead(response, kClose) + response.body;
  // This is the thread that accepts: it waits for nobody. What was sent to us
  // is taken out, or closing would take the answer away from the client.
  char dropped[4096];
  for (int i = 0; i < kMostDropped; ++i) {
    if (::recv(fd, dropped, sizeof dropped, MSG_DONTWAIT) <= 0) break;
  }
  [[maybe_unused]] const auto sent =
      ::send(fd, text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  callbacks_.answered(nullptr, response.status, response.body.size());
}

void HttpListener::Impl::Serve(ServedConnection& connection) {
  connection.request.peer = PeerAddress(connection.wire.fd());
  connection.request.is_peer_gone = [&connection] {
    return connection.wire.IsPeerGone();
  };
  while (WaitForRequest(connection.wire) && ServeRequest(connection)) {
  }
}

bool HttpListener::Impl::WaitForRequest(Connection& wire) const {
  const auto until = std::chrono::steady_clock::now() + options_.idle_time;
  while (!is_stopping_) {
    if (wire.WaitForRequest()) return true;
    if (IsCrowded() || std::chrono::steady_clock::now() >= until) return false;
  }
  return false;
}

bool HttpListener::Impl::ServeRequest(ServedConnection& connection) {
  std::string text;
  switch (connection.wire.ReadHead(text)) {
    case Connection::HeadEnd::kGone:
      return false;
    case Connection::HeadEnd::kTimeout:
      Refuse(connection, PlainResponse(408, "the header took too long"),
             nullptr);
      return false;
    case Connection::HeadEnd::kTooLarge:
      Refuse(connection, PlainResponse(431, "the header is too large"),
             nullptr);
      return false;
    case Connection::HeadEnd::kComplete:
      break;
  }
  auto head = ParseHttpHead(text, options_.wire.head);
  if (const auto* refusal = std::get_if<HttpRefusal>(&head)) {
    Refuse(connection, PlainResponse(refusal->status, refusal->reason),
           nullptr);
    return false;
  }
  return ServeHead(connection, std::move(std::get<HttpHead>(head)));
}

bool HttpListener::Impl::ServeHead(ServedConnection& connection,
                                   HttpHead head) {
  ServerRequest& request = connection.request;
  request.method = head.method;
  request.path = head.path();
  request.fields = std::move(head.fields);
  request.body.clear();
  request.began = std::chrono::steady_clock::now();
  if (const auto refused = callbacks_.admit(request)) {
    Refuse(connection, *refused, &request);
    return false;
  }
  if (const int status = ReadBody(connection, head); status != 200) {
    const auto* why =
        status == 413 ? "the body is too large" : "the body did not come whole";
    Refuse(connection, PlainResponse(status, why), &request);
    return false;
  }
  // Closed after a chunked body: how far the library read is not known.
  if (head.is_chunked) head.keeps_alive = false;
  ServerResponse answer = AnswerFenced(request);
  bool goes_on = false;
  if (answer.stream) {
    GiveStream(connection, std::move(answer), head);
  } else {
    goes_on = Give(connection, answer, head);
  }
  if (request.body.capacity() > kKeptBodyBytes) {
    std::string().swap(request.body);
  }
  return goes_on;
}

int HttpListener::Impl::ReadBody(ServedConnection& connection,
                                 const HttpHead& head) {
  if (head.expects_continue) connection.wire.Write(kGoOn);
  if (head.is_chunked) return ReadChunks(connection);
  // A known length, as from all clients that are seen in practice. Without the
  // library: it would take two thirds of the time.
  connection.wire.BeginBody("", head.content_length);
  return connection.wire.ReadBody(connection.request.body) ? 200 : 400;
}

int HttpListener::Impl::ReadChunks(ServedConnection& connection) {
  connection.wire.BeginBody(kChunkedFraming, options_.wire.head.body_bytes * 2);
  connection.chunks_status = 400;
  connection.framing_bytes = 0;
  LibraryStream stream(connection.wire, connection.framing_bytes);
  bool closed = false;
  const auto setup = [](httplib::Request&) {};
#if PMCP_HTTPLIB_REQUEST_TAKES_PEER
  process_request(stream, connection.request.peer, 0, "", 0, true, closed,
                  setup);
#else
  process_request(stream, true, closed, setup);
#endif
  return connection.chunks_status;
}

void HttpListener::Impl::TakeChunks(
    ServedConnection& connection, const httplib::ContentReader& reader) const {
  const std::size_t limit = options_.wire.head.body_bytes;
  std::string& body = connection.request.body;
  bool is_over = false;
  const bool ok = reader([&](const char* data, std::size_t size) {
    connection.framing_bytes = 0;
    is_over = size > limit - body.size();
    if (!is_over) body.append(data, size);
    return !is_over;
  });
  if (ok) connection.chunks_status = 200;
  if (is_over) connection.chunks_status = 413;
}

/// The fence around whoever answers: what it throws ends one request.
ServerResponse HttpListener::Impl::AnswerFenced(
    const ServerRequest& request) const {
  try {
    return callbacks_.answer(request);
  } catch (const std::exception& e) {
    log::Log(log::Level::kError, "an HTTP handler threw: {}", e.what());
  } catch (...) {
    log::Log(log::Level::kError, "an HTTP handler threw");
  }
  return PlainResponse(500, "internal error");
}

/// False when the connection is at its end.
bool HttpListener::Impl::Give(ServedConnection& connection,
                              const ServerResponse& answer,
                              const HttpHead& head) {
  Connection& wire = connection.wire;
  const bool goes_on = head.keeps_alive && !is_stopping_;
  wire.Write(FormatResponseHead(answer, goes_on ? keep_ : kClose));
  if (head.method != "HEAD") wire.Write(answer.body);
  callbacks_.answered(&connection.request, answer.status, answer.body.size());
  if (goes_on) return wire.Flush();
  wire.CloseGently();
  return false;
}

/// The connection is at its end after it. A server that stops lets streams go
/// on: when they end is for those who make them to say.
void HttpListener::Impl::GiveStream(ServedConnection& connection,
                                    ServerResponse answer,
                                    const HttpHead& head) {
  Connection& wire = connection.wire;
  WireSink sink(wire, head.takes_chunks);
  wire.Write(FormatStreamHead(answer, head.takes_chunks));
  wire.Flush();
  while (answer.stream(sink)) {
  }
  answer.stream = {};  // what it holds is free before the client has gone
  sink.End();
  callbacks_.answered(&connection.request, answer.status, sink.bytes());
  wire.CloseGently();
}

void HttpListener::Impl::Refuse(ServedConnection& connection,
                                const ServerResponse& response,
                                const ServerRequest* request) {
  connection.wire.Write(FormatResponseHead(response, kClose));
  if (request == nullptr || request->method != "HEAD") {
    connection.wire.Write(response.body);
  }
  callbacks_.answered(request, response.status, response.body.size());
  connection.wire.CloseGently();
}

HttpListener::HttpListener(HttpListenerOptions options, Callbacks callbacks)
    : impl_(std::make_unique<Impl>(options, std::move(callbacks))) {}

HttpListener::~HttpListener() = default;

Result<int> HttpListener::Bind(const std::string& host, int port) {
  return impl_->Bind(host, port);
}

void HttpListener::Run() { impl_->Run(); }
void HttpListener::Stop() { impl_->StopListening(); }
bool HttpListener::IsStopping() const { return impl_->is_stopping(); }
std::size_t HttpListener::open_connections() const { return impl_->open(); }

}  // namespace pmcp::http
