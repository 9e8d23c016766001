#include "server/http_listener.h"

#include <fmt/format.h>
#include <httplib.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <utility>
#include <variant>

#include "base/log.h"
#include "server/http_answer.h"
#include "server/http_head.h"
#include "server/worker_pool.h"

// Versions before this macro differ in the interface of Stream.
#ifdef CPPHTTPLIB_VERSION_NUM
#define PMCP_OLD_OVERRIDE
#define PMCP_NEW_OVERRIDE override
#else
#define PMCP_OLD_OVERRIDE override
#define PMCP_NEW_OVERRIDE
#endif

namespace pmcp::server {
namespace {

using std::chrono::milliseconds;

constexpr int kBacklog = 128;
// How long after a refused connection idle ones go on making room.
constexpr milliseconds kCrowdedTime{2'000};
constexpr const char* kRetryAfterSeconds = "1";

/// The wire as the library wants to see it.
class LibraryStream final : public httplib::Stream {
 public:
  explicit LibraryStream(HttpWire& wire) : wire_(wire) {}

  bool is_readable() const override { return wire_.IsReadable(); }
  bool is_writable() const PMCP_OLD_OVERRIDE { return wire_.IsWritable(); }
  bool wait_readable() const PMCP_NEW_OVERRIDE { return wire_.IsReadable(); }
  bool wait_writable() const PMCP_NEW_OVERRIDE { return wire_.IsWritable(); }
  time_t duration() const PMCP_NEW_OVERRIDE { return 0; }
  ssize_t read(char* data, size_t size) override {
    return wire_.Read(data, size);
  }
  ssize_t write(const char* data, size_t size) override {
    return wire_.Write({data, size}) ? static_cast<ssize_t>(size) : -1;
  }
  using httplib::Stream::write;
  // Who the client is, is asked of the socket, not of the library.
  void get_remote_ip_and_port(std::string&, int&) const override {}
  void get_local_ip_and_port(std::string&, int&) const override {}
  socket_t socket() const override { return wire_.fd(); }

 private:
  HttpWire& wire_;
};

/// One piece of a stream, sent at once.
class LibrarySink final : public HttpStreamSink {
 public:
  LibrarySink(httplib::DataSink& sink, HttpWire& wire)
      : sink_(sink), wire_(wire) {}

  bool Write(std::string_view bytes) override {
    return sink_.write(bytes.data(), bytes.size()) && wire_.Flush();
  }

 private:
  httplib::DataSink& sink_;
  HttpWire& wire_;
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

/// What the library gets to parse of a request whose body is chunked, and of
/// one that is answered with a stream: nothing that could surprise it.
constexpr std::string_view kChunkedFraming =
    "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n"
    "Connection: close\r\n\r\n";
constexpr std::string_view kChunkedAwaitedFraming =
    "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n"
    "Connection: close\r\nExpect: 100-continue\r\n\r\n";
constexpr std::string_view kStreamFraming =
    "GET / HTTP/1.1\r\nConnection: close\r\n\r\n";

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
    Post("/", [this](const httplib::Request&, httplib::Response& response,
                     const httplib::ContentReader& reader) {
      AnswerChunked(response, reader);
    });
    Get("/", [this](const httplib::Request&, httplib::Response& response) {
      Give(*current_connection, std::move(current_connection->answer),
           response);
    });
    set_tcp_nodelay(true);
    // Two servers must not share a port without a word.
    set_socket_options([](socket_t fd) {
      const int yes = 1;
      ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    });
    set_exception_handler([](const httplib::Request&,
                             httplib::Response& response,
                             const std::exception_ptr&) {
      log::Log(log::Level::kError, "an HTTP handler threw");
      response.status = 500;
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
  struct Connection {
    HttpWire wire;
    HttpRequest request = {};
    /// Made already, with a stream for the library to write.
    HttpResponse answer = {};
  };

  bool process_and_close_socket(socket_t fd) override;
  void Serve(Connection& connection);
  bool WaitForRequest(HttpWire& wire) const;
  /// False when the connection is to be closed.
  bool ServeRequest(Connection& connection);
  bool ServeHead(Connection& connection, HttpHead head);
  bool ServeWhole(Connection& connection, const HttpHead& head);
  HttpResponse AnswerFenced(const HttpRequest& request) const;
  void CallLibrary(Connection& connection, std::string_view framing,
                   std::size_t body_bytes);
  void Refuse(Connection& connection, const HttpResponse& response,
              const HttpRequest* request);
  void RefuseConnection(int fd);
  void AnswerChunked(httplib::Response& response,
                     const httplib::ContentReader& reader);
  void Give(Connection& connection, HttpResponse answer,
            httplib::Response& response) const;
  bool ReadChunks(const httplib::ContentReader& reader, std::string& body,
                  httplib::Response& response) const;
  bool IsCrowded() const {
    return std::chrono::steady_clock::now().time_since_epoch() <
           crowded_until_.load();
  }

  /// Set while this thread refuses a connection instead of serving it.
  static inline thread_local bool refuses_connection = false;
  /// What the library's callbacks on this thread are about.
  static inline thread_local Connection* current_connection = nullptr;

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
    Connection connection{.wire = HttpWire(fd, options_.wire)};
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
  HttpResponse response = PlainAnswer(503, "too many connections");
  response.fields.Add("Retry-After", kRetryAfterSeconds);
  const std::string text = FormatAnswerHead(response, kClose) + response.body;
  // This is the thread that accepts: it waits for nobody. What was sent to us
  // is taken out, or closing would take the answer away from the client.
  char dropped[4096];
  while (::recv(fd, dropped, sizeof dropped, MSG_DONTWAIT) > 0) {
  }
  [[maybe_unused]] const auto sent =
      ::send(fd, text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  callbacks_.answered(nullptr, response.status, response.body.size());
}

void HttpListener::Impl::Serve(Connection& connection) {
  connection.request.peer = PeerAddress(connection.wire.fd());
  connection.request.is_peer_gone = [&connection] {
    return connection.wire.IsPeerGone();
  };
  while (WaitForRequest(connection.wire) && ServeRequest(connection)) {
  }
}

bool HttpListener::Impl::WaitForRequest(HttpWire& wire) const {
  const auto until = std::chrono::steady_clock::now() + options_.idle_time;
  while (!is_stopping_) {
    if (wire.WaitForRequest()) return true;
    if (IsCrowded() || std::chrono::steady_clock::now() >= until) return false;
  }
  return false;
}

bool HttpListener::Impl::ServeRequest(Connection& connection) {
  std::string text;
  switch (connection.wire.ReadHead(text)) {
    case HttpWire::HeadEnd::kGone:
      return false;
    case HttpWire::HeadEnd::kTimeout:
      Refuse(connection, PlainAnswer(408, "the header took too long"), nullptr);
      return false;
    case HttpWire::HeadEnd::kTooLarge:
      Refuse(connection, PlainAnswer(431, "the header is too large"), nullptr);
      return false;
    case HttpWire::HeadEnd::kComplete:
      break;
  }
  auto head = ParseHttpHead(text, options_.wire.head);
  if (const auto* refusal = std::get_if<HttpRefusal>(&head)) {
    Refuse(connection, PlainAnswer(refusal->status, refusal->reason), nullptr);
    return false;
  }
  return ServeHead(connection, std::move(std::get<HttpHead>(head)));
}

bool HttpListener::Impl::ServeHead(Connection& connection, HttpHead head) {
  HttpRequest& request = connection.request;
  request.method = head.method;
  request.path = head.path();
  request.fields = std::move(head.fields);
  request.body.clear();
  if (const auto refused = callbacks_.admit(request)) {
    Refuse(connection, *refused, &request);
    return false;
  }
  // Closed after a chunked body: how far the library read is not known.
  if (!head.is_chunked) return ServeWhole(connection, head);
  CallLibrary(connection,
              head.expects_continue ? kChunkedAwaitedFraming : kChunkedFraming,
              options_.wire.head.body_bytes * 2);
  return false;
}

/// A request whose length is known, as those of all clients that are seen in
/// practice. Without the library: it would take two thirds of the time.
bool HttpListener::Impl::ServeWhole(Connection& connection,
                                    const HttpHead& head) {
  HttpWire& wire = connection.wire;
  HttpRequest& request = connection.request;
  wire.BeginBody("", head.content_length);
  if (head.expects_continue) wire.Write(kGoOn);
  if (!wire.ReadBody(request.body)) {
    Refuse(connection, PlainAnswer(400, "the body did not come whole"),
           &request);
    return false;
  }
  HttpResponse answer = AnswerFenced(request);
  if (answer.stream) {
    connection.answer = std::move(answer);
    CallLibrary(connection, kStreamFraming, 0);
    return false;
  }
  wire.Write(FormatAnswerHead(answer, head.keeps_alive ? keep_ : kClose));
  wire.Write(answer.body);
  callbacks_.answered(&request, answer.status, answer.body.size());
  request.body.clear();  // which an idle connection must not hold on to
  request.body.shrink_to_fit();
  if (head.keeps_alive) return wire.Flush();
  wire.CloseGently();
  return false;
}

/// The fence around whoever answers: what it throws ends one request.
HttpResponse HttpListener::Impl::AnswerFenced(
    const HttpRequest& request) const {
  try {
    return callbacks_.answer(request);
  } catch (const std::exception& e) {
    log::Log(log::Level::kError, "an HTTP handler threw: {}", e.what());
  } catch (...) {
    log::Log(log::Level::kError, "an HTTP handler threw");
  }
  return PlainAnswer(500, "internal error");
}

/// The connection is at its end after it.
void HttpListener::Impl::CallLibrary(Connection& connection,
                                     std::string_view framing,
                                     std::size_t body_bytes) {
  connection.wire.BeginBody(framing, body_bytes);
  LibraryStream stream(connection.wire);
  bool closed = false;
  const auto setup = [](httplib::Request&) {};
#ifdef CPPHTTPLIB_VERSION_NUM
  process_request(stream, connection.request.peer, 0, "", 0, true, closed,
                  setup);
#else
  process_request(stream, true, closed, setup);
#endif
  connection.wire.CloseGently();
}

void HttpListener::Impl::Refuse(Connection& connection,
                                const HttpResponse& response,
                                const HttpRequest* request) {
  connection.wire.Write(FormatAnswerHead(response, kClose) + response.body);
  callbacks_.answered(request, response.status, response.body.size());
  connection.wire.CloseGently();
}

void HttpListener::Impl::AnswerChunked(httplib::Response& response,
                                       const httplib::ContentReader& reader) {
  Connection& connection = *current_connection;
  HttpRequest& request = connection.request;
  if (!ReadChunks(reader, request.body, response)) {
    callbacks_.answered(&request, response.status, response.body.size());
    return;
  }
  Give(connection, AnswerFenced(request), response);
}

/// Fields of the request are never copied into the answer.
void HttpListener::Impl::Give(Connection& connection, HttpResponse answer,
                              httplib::Response& response) const {
  response.status = answer.status;
  for (const HttpField& field : answer.fields.all()) {
    response.set_header(field.name, field.value);
  }
  response.set_header("Connection", "close");
  if (answer.stream) {
    response.set_chunked_content_provider(
        answer.content_type, [&connection, stream = std::move(answer.stream)](
                                 std::size_t, httplib::DataSink& sink) {
          LibrarySink out(sink, connection.wire);
          if (stream(out)) return true;
          sink.done();
          return true;
        });
  } else if (!answer.content_type.empty()) {
    response.body = std::move(answer.body);
    response.set_header("Content-Type", answer.content_type);
  }
  callbacks_.answered(&connection.request, response.status,
                      response.body.size());
}

bool HttpListener::Impl::ReadChunks(const httplib::ContentReader& reader,
                                    std::string& body,
                                    httplib::Response& response) const {
  const std::size_t limit = options_.wire.head.body_bytes;
  bool is_over = false;
  const bool ok = reader([&](const char* data, std::size_t size) {
    is_over = size > limit - body.size();
    if (!is_over) body.append(data, size);
    return !is_over;
  });
  if (ok) return true;
  response.status = is_over ? 413 : 400;
  response.set_header("Connection", "close");
  return false;
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

}  // namespace pmcp::server
