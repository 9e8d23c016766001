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
// How often a connection that waits for its next request looks up.
constexpr milliseconds kTick{200};
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

struct ReasonRow {
  int status;
  std::string_view reason;
};
constexpr ReasonRow kReasons[] = {
    {204, "No Content"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {411, "Length Required"},
    {413, "Content Too Large"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {431, "Request Header Fields Too Large"},
    {503, "Service Unavailable"},
    {505, "HTTP Version Not Supported"},
};

std::string_view ReasonOf(int status) {
  const auto* found = std::ranges::find(kReasons, status, &ReasonRow::status);
  return found == std::end(kReasons) ? "Refused" : found->reason;
}

/// An answer without the library, after which the connection ends.
std::string LastAnswer(const HttpResponse& response) {
  std::string text = fmt::format(
      "HTTP/1.1 {} {}\r\nConnection: close\r\nContent-Length: {}\r\n",
      response.status, ReasonOf(response.status), response.body.size());
  if (!response.content_type.empty()) {
    text += fmt::format("Content-Type: {}\r\n", response.content_type);
  }
  for (const HttpField& field : response.fields.all()) {
    text += fmt::format("{}: {}\r\n", field.name, field.value);
  }
  return text + "\r\n" + response.body;
}

HttpResponse PlainAnswer(int status, std::string_view reason) {
  return {.status = status,
          .content_type = "text/plain",
          .body = fmt::format("{}\n", reason)};
}

/// What the library gets to parse of a head: nothing that could surprise it.
std::string Framing(const HttpHead& head) {
  std::string text = fmt::format("{} / HTTP/1.1\r\nHost: x\r\n", head.method);
  if (head.is_chunked) text += "Transfer-Encoding: chunked\r\n";
  if (!head.is_chunked && head.content_length > 0) {
    text += fmt::format("Content-Length: {}\r\n", head.content_length);
  }
  if (!head.keeps_alive) text += "Connection: close\r\n";
  if (head.expects_continue) text += "Expect: 100-continue\r\n";
  return text + "\r\n";
}

}  // namespace

/// The library's server with reading, admission and threads replaced.
class HttpListener::Impl final : public httplib::Server {
 public:
  Impl(HttpListenerOptions options, Callbacks callbacks)
      : options_(options), callbacks_(std::move(callbacks)) {
    const auto answer = [this](const httplib::Request& request,
                               httplib::Response& response,
                               const httplib::ContentReader& reader) {
      Answer(request, response, &reader);
    };
    Post("/", answer);
    Delete("/", answer);
    Get("/",
        [this](const httplib::Request& request, httplib::Response& response) {
          Answer(request, response, nullptr);
        });
    set_tcp_nodelay(true);
    // The library says this in its answers; what holds is options_.idle_time.
    set_keep_alive_timeout(
        std::chrono::duration_cast<std::chrono::seconds>(options_.idle_time)
            .count());
    set_keep_alive_max_count(1'000'000);
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
    bool must_close = false;
  };

  bool process_and_close_socket(socket_t fd) override;
  void Serve(Connection& connection);
  bool WaitForRequest(const HttpWire& wire) const;
  /// False when the connection is to be closed.
  bool ServeRequest(Connection& connection);
  bool ServeHead(Connection& connection, HttpHead head);
  bool CallLibrary(Connection& connection, bool close);
  void Refuse(Connection& connection, const HttpResponse& response,
              const HttpRequest* request);
  void RefuseConnection(int fd);
  void Answer(const httplib::Request& request, httplib::Response& response,
              const httplib::ContentReader* reader);
  bool ReadBody(const httplib::ContentReader& reader, std::string& body,
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
  const std::string text = LastAnswer(response);
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

bool HttpListener::Impl::WaitForRequest(const HttpWire& wire) const {
  const auto until = std::chrono::steady_clock::now() + options_.idle_time;
  while (!is_stopping_) {
    if (wire.WaitForRequest(kTick)) return true;
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
  // The library closes after a chunked body: how far it read is not known.
  const bool close = head.is_chunked || !head.keeps_alive;
  const std::size_t body_bytes =
      head.is_chunked ? options_.wire.head.body_bytes * 2 : head.content_length;
  connection.must_close = false;
  connection.wire.BeginBody(Framing(head), body_bytes);
  const bool kept = CallLibrary(connection, close);
  if (connection.must_close || close || !kept) {
    connection.wire.CloseGently();
    return false;
  }
  return connection.wire.Flush() && connection.wire.SkipBody();
}

bool HttpListener::Impl::CallLibrary(Connection& connection, bool close) {
  LibraryStream stream(connection.wire);
  bool closed = false;
  const auto setup = [](httplib::Request&) {};
  bool ok = false;
#ifdef CPPHTTPLIB_VERSION_NUM
  ok = process_request(stream, connection.request.peer, 0, "", 0, close, closed,
                       setup);
#else
  ok = process_request(stream, close, closed, setup);
#endif
  return ok && !closed;
}

void HttpListener::Impl::Refuse(Connection& connection,
                                const HttpResponse& response,
                                const HttpRequest* request) {
  connection.wire.Write(LastAnswer(response));
  callbacks_.answered(request, response.status, response.body.size());
  connection.wire.CloseGently();
}

/// Fields of the request are never copied into the answer.
void HttpListener::Impl::Answer(const httplib::Request& /*request*/,
                                httplib::Response& response,
                                const httplib::ContentReader* reader) {
  Connection& connection = *current_connection;
  if (reader != nullptr &&
      !ReadBody(*reader, connection.request.body, response)) {
    connection.must_close = true;
    callbacks_.answered(&connection.request, response.status,
                        response.body.size());
    return;
  }
  HttpResponse answer = callbacks_.answer(connection.request);
  response.status = answer.status;
  for (const HttpField& field : answer.fields.all()) {
    response.set_header(field.name, field.value);
  }
  if (answer.stream) {
    connection.must_close = true;
    response.set_header("Connection", "close");
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

bool HttpListener::Impl::ReadBody(const httplib::ContentReader& reader,
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
