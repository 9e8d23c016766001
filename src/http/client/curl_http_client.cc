#include "http/client/curl_http_client.h"

#include <curl/curl.h>
#include <dlfcn.h>
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <stop_token>
#include <string_view>
#include <utility>
#include <vector>

#include "base/sanitize.h"
#include "base/text.h"
#include "http/client/url.h"

namespace pmcp::http {
namespace {

constexpr std::size_t kMaxHeaderBytes = 256 * 1024;
// Below the 5 000 of newer versions of libcurl, so that all versions give the
// same error.
constexpr std::size_t kMaxHeaderLines = 4096;
constexpr int kMaxRedirects = 3;
constexpr std::size_t kMaxIdle = 8;
constexpr std::chrono::milliseconds kLongestPoll{1000};
constexpr std::array kLibraryNames = {"libcurl.so.4", "libcurl.4.dylib"};

// The functions of libcurl that are used: X(easy_init) becomes ->easy_init.
// clang-format off
#define PMCP_CURL_FUNCTIONS(X) \
  X(global_init) \
  X(easy_init) \
  X(easy_cleanup) \
  X(easy_reset) \
  X(easy_setopt) \
  X(easy_getinfo) \
  X(easy_strerror) \
  X(easy_header) \
  X(multi_init) \
  X(multi_cleanup) \
  X(multi_add_handle) \
  X(multi_remove_handle) \
  X(multi_perform) \
  X(multi_poll) \
  X(multi_wakeup) \
  X(multi_info_read) \
  X(slist_append) \
  X(slist_free_all)
// clang-format on

struct Library {
#define PMCP_DECLARE(name) decltype(&::curl_##name) name = nullptr;
  PMCP_CURL_FUNCTIONS(PMCP_DECLARE)
#undef PMCP_DECLARE
};

Error NoLibrary(std::string_view why) {
  return {ErrorKind::kUnavailable,
          fmt::format("libcurl cannot be used: {}", Sanitize(why)),
          "Install it: apt-get install libcurl4."};
}

Result<Library> LoadLibrary() {
  void* handle = nullptr;
  for (const char* name : kLibraryNames) {
    if (handle == nullptr) handle = ::dlopen(name, RTLD_NOW | RTLD_LOCAL);
  }
  if (handle == nullptr) return NoLibrary(::dlerror());
  Library library;
#define PMCP_RESOLVE(name)                                 \
  library.name = reinterpret_cast<decltype(library.name)>( \
      ::dlsym(handle, "curl_" #name));                     \
  if (library.name == nullptr) return NoLibrary("curl_" #name " is missing");
  PMCP_CURL_FUNCTIONS(PMCP_RESOLVE)
#undef PMCP_RESOLVE
  if (library.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
    return NoLibrary("it does not start");
  }
  return library;
}

/// Maps error codes of libcurl to kinds of errors; other codes are
/// kUnavailable.
struct FailureRow {
  CURLcode code;
  ErrorKind kind;
  std::string_view hint;
};
constexpr std::string_view kCheckCa =
    "Check the certificate of the server, and the CA file if its authority is "
    "your own.";
constexpr std::array kFailures = {
    FailureRow{CURLE_COULDNT_RESOLVE_HOST, ErrorKind::kUnavailable,
               "Check the host name in the URL of this source."},
    FailureRow{CURLE_COULDNT_RESOLVE_PROXY, ErrorKind::kUnavailable,
               "Check the proxy variables (https_proxy, no_proxy)."},
    FailureRow{CURLE_COULDNT_CONNECT, ErrorKind::kUnavailable,
               "Check that the server runs and that the URL has its port."},
    FailureRow{CURLE_OPERATION_TIMEDOUT, ErrorKind::kUnavailable,
               "Check the network between here and the server."},
    FailureRow{CURLE_PEER_FAILED_VERIFICATION, ErrorKind::kUnavailable,
               kCheckCa},
    FailureRow{CURLE_SSL_CACERT_BADFILE, ErrorKind::kUnavailable, kCheckCa},
    FailureRow{CURLE_SSL_CONNECT_ERROR, ErrorKind::kUnavailable,
               "Check that the server speaks TLS on this port."},
    FailureRow{CURLE_SSL_CERTPROBLEM, ErrorKind::kUnavailable,
               "Check the files of the client certificate and its key."},
    FailureRow{CURLE_BAD_CONTENT_ENCODING, ErrorKind::kBadResponse,
               "Check the proxies between here and the server."},
    FailureRow{CURLE_UNSUPPORTED_PROTOCOL, ErrorKind::kBadResponse,
               "Check that the URL is that of an HTTP server."},
    FailureRow{CURLE_WEIRD_SERVER_REPLY, ErrorKind::kBadResponse,
               "Check that the URL is that of an HTTP server."},
};

Error Failure(CURLcode code, std::string_view detail, const Url& url) {
  FailureRow row{code, ErrorKind::kUnavailable, "Try again in a while."};
  for (const FailureRow& known : kFailures) {
    if (known.code == code) row = known;
  }
  return {row.kind,
          fmt::format("{}:{} cannot be asked: {}", url.host, url.port,
                      Sanitize(detail)),
          std::string(row.hint)};
}

Error TooLarge(std::size_t max_bytes, const Url& url) {
  return {ErrorKind::kTooLarge,
          fmt::format("the answer of {}:{} is larger than {} MiB", url.host,
                      url.port, max_bytes >> 20),
          "Ask for a shorter window, or narrow the selector."};
}

Error TooMuchHeader(const Url& url) {
  return {
      ErrorKind::kBadResponse,
      fmt::format("the answer of {}:{} has more than {} headers or {} KiB "
                  "of them",
                  url.host, url.port, kMaxHeaderLines, kMaxHeaderBytes >> 10),
      "Check the proxies between here and the server."};
}

/// A connection cache and the easy handle of its requests.
struct CurlHandles {
  CURLM* multi = nullptr;
  CURL* easy = nullptr;
};

// One request while it is transferred.
class Transfer {
 public:
  Transfer(const Library& curl, const CurlHandles& session,
           const ClientRequest& request, const CallContext& call)
      : curl_(curl), session_(session), request_(request), call_(call) {}
  ~Transfer() {
    curl_.multi_remove_handle(session_.multi, session_.easy);
    curl_.slist_free_all(headers_);
    curl_.easy_reset(session_.easy);
  }
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  Result<ClientResponse> Run(const CurlOptions& options, const Url& url) {
    SetRequest(url);
    SetConnection(options, url);
    PMCP_TRY_VOID(Drive());
    const CURLcode code = Finished();
    if (is_body_too_large_) return TooLarge(request_.max_response_bytes, url);
    if (IsHeaderTooLarge()) return TooMuchHeader(url);
    if (code != CURLE_OK) {
      return Failure(
          code, error_[0] != '\0' ? error_.data() : curl_.easy_strerror(code),
          url);
    }
    ReadHead();
    return std::move(response_);
  }

 private:
  template <typename Value>
  void Set(CURLoption option, Value value) {
    curl_.easy_setopt(session_.easy, option, value);
  }
  void SetFile(CURLoption option, const std::string& file) {
    if (!file.empty()) Set(option, file.c_str());
  }

  void SetRequest(const Url& url) {
    Set(CURLOPT_URL, request_.url.c_str());
    for (const HttpHeader& header : request_.headers) {
      AddHeader(header.name + ": " + header.value.Reveal());
    }
    AddHeader("Expect:");
    Set(CURLOPT_HTTPHEADER, headers_);
    if (request_.body) {
      Set(CURLOPT_POST, 1L);
      Set(CURLOPT_POSTFIELDS, request_.body->data());
      Set(CURLOPT_POSTFIELDSIZE_LARGE,
          static_cast<curl_off_t>(request_.body->size()));
    }
    if (request_.accept_gzip) Set(CURLOPT_ACCEPT_ENCODING, "gzip");
    Set(CURLOPT_PROTOCOLS_STR, url.scheme.c_str());
    Set(CURLOPT_WRITEFUNCTION, &OnBody);
    Set(CURLOPT_WRITEDATA, this);
    Set(CURLOPT_HEADERFUNCTION, &OnHeader);
    Set(CURLOPT_HEADERDATA, this);
    Set(CURLOPT_ERRORBUFFER, error_.data());
  }

  void SetConnection(const CurlOptions& options, const Url& url) {
    Set(CURLOPT_NOSIGNAL, 1L);
    Set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    Set(CURLOPT_TCP_KEEPALIVE, 1L);
    Set(CURLOPT_CONNECTTIMEOUT_MS,
        static_cast<long>(options.connect_timeout.count()));
    // A DNS lookup must not delay a cancellation.
    Set(CURLOPT_QUICK_EXIT, 1L);
    Set(CURLOPT_SSL_VERIFYPEER, 1L);
    Set(CURLOPT_SSL_VERIFYHOST, 2L);
    SetFile(CURLOPT_CAINFO, options.ca_file);
    SetFile(CURLOPT_SSLCERT, options.client_cert_file);
    SetFile(CURLOPT_SSLKEY, options.client_key_file);
    SetFile(CURLOPT_UNIX_SOCKET_PATH, options.unix_socket);
    SetFile(CURLOPT_USERAGENT, options.user_agent);
    if (url.scheme == "http") SetFile(CURLOPT_PROXY, options.http_proxy);
    if (url.IsLoopback()) Set(CURLOPT_NOPROXY, "*");
  }

  void AddHeader(const std::string& line) {
    headers_ = curl_.slist_append(headers_, line.c_str());
  }

  /// Runs until the transfer has ended, or the call.
  Result<void> Drive() {
    curl_.multi_add_handle(session_.multi, session_.easy);
    const std::stop_callback wake(
        call_.stop(), [this] { curl_.multi_wakeup(session_.multi); });
    for (int running = 1; running != 0;) {
      PMCP_TRY_VOID(call_.Check());
      curl_.multi_perform(session_.multi, &running);
      if (running == 0) break;
      curl_.multi_poll(session_.multi, nullptr, 0, PollMs(), nullptr);
    }
    return {};
  }

  int PollMs() const {
    const auto left = call_.deadline() - std::chrono::steady_clock::now();
    if (left >= kLongestPoll) return static_cast<int>(kLongestPoll.count());
    const auto ms = std::chrono::ceil<std::chrono::milliseconds>(left);
    return std::max(static_cast<int>(ms.count()), 0);
  }

  CURLcode Finished() {
    int left = 0;
    const CURLMsg* message = curl_.multi_info_read(session_.multi, &left);
    return message == nullptr ? CURLE_RECV_ERROR : message->data.result;
  }

  void ReadHead() {
    long status = 0;
    curl_.easy_getinfo(session_.easy, CURLINFO_RESPONSE_CODE, &status);
    response_.status = static_cast<int>(status);
    response_.content_type = TextOf(CURLINFO_CONTENT_TYPE);
    response_.redirects_to = TextOf(CURLINFO_REDIRECT_URL);
    curl_header* header = nullptr;
    if (curl_.easy_header(session_.easy, "Retry-After", 0, CURLH_HEADER, -1,
                          &header) == CURLHE_OK) {
      response_.retry_after = header->value;
    }
  }

  std::string TextOf(CURLINFO info) {
    const char* text = nullptr;
    curl_.easy_getinfo(session_.easy, info, &text);
    return text == nullptr ? "" : text;
  }

  /// Reserves the size that Content-Length announces, so that a large body is
  /// not copied repeatedly as it grows. A false announcement costs no memory:
  /// pages that are never written are not resident.
  void Reserve() {
    curl_off_t length = 0;
    curl_.easy_getinfo(session_.easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T,
                       &length);
    if (length <= 0) return;
    response_.body.reserve(std::min(static_cast<std::size_t>(length),
                                    request_.max_response_bytes));
  }

  static std::size_t OnBody(char* data, std::size_t, std::size_t size,
                            void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    std::string& body = transfer.response_.body;
    if (body.empty()) transfer.Reserve();
    if (size > transfer.request_.max_response_bytes - body.size()) {
      transfer.is_body_too_large_ = true;
      return 0;  // aborts the transfer
    }
    body.append(data, size);
    return size;
  }

  static std::size_t OnHeader(char*, std::size_t, std::size_t size,
                              void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    transfer.header_bytes_ += size;
    ++transfer.header_lines_;
    return transfer.IsHeaderTooLarge() ? 0 : size;
  }

  bool IsHeaderTooLarge() const {
    return header_bytes_ > kMaxHeaderBytes || header_lines_ > kMaxHeaderLines;
  }

  const Library& curl_;
  const CurlHandles session_;
  const ClientRequest& request_;
  const CallContext& call_;
  curl_slist* headers_ = nullptr;
  ClientResponse response_;
  std::size_t header_bytes_ = 0;
  std::size_t header_lines_ = 0;
  bool is_body_too_large_ = false;
  std::array<char, CURL_ERROR_SIZE> error_{};
};

}  // namespace

// Idle handles, most recently used first: its connection is the most likely to
// be still open.
class CurlHttpClient::Pool {
 public:
  ~Pool() {
    for (const CurlHandles& session : idle_) Close(session);
  }

  Result<const Library*> Load() {
    const std::lock_guard lock(mutex_);
    if (!library_) {
      PMCP_TRY(library, LoadLibrary());
      library_ = library;
    }
    return &*library_;
  }

  CurlHandles Take() {
    const std::lock_guard lock(mutex_);
    if (idle_.empty()) return {library_->multi_init(), library_->easy_init()};
    const CurlHandles session = idle_.back();
    idle_.pop_back();
    return session;
  }

  void GiveBack(const CurlHandles& session) {
    const std::lock_guard lock(mutex_);
    if (idle_.size() < kMaxIdle) {
      idle_.push_back(session);
    } else {
      Close(session);
    }
  }

 private:
  void Close(const CurlHandles& session) {
    library_->easy_cleanup(session.easy);
    library_->multi_cleanup(session.multi);
  }

  std::mutex mutex_;
  std::optional<Library> library_;
  std::vector<CurlHandles> idle_;
};

CurlHttpClient::CurlHttpClient(CurlOptions options)
    : options_(std::move(options)), pool_(std::make_unique<Pool>()) {}

CurlHttpClient::~CurlHttpClient() = default;

Result<ClientResponse> CurlHttpClient::Send(const ClientRequest& request,
                                            const CallContext& call) const {
  PMCP_TRY(url, ParseUrl(request.url));
  PMCP_TRY(library, pool_->Load());
  ClientRequest next = request;
  for (int redirects = 0;; ++redirects) {
    const CurlHandles session = pool_->Take();
    auto response = Transfer(*library, session, next, call).Run(options_, url);
    pool_->GiveBack(session);
    if (!response.ok() || response->redirects_to.empty()) return response;
    // A redirect keeps the method POST only with these two options.
    const bool same_method =
        !request.body || response->status == 307 || response->status == 308;
    const auto target = ParseUrl(response->redirects_to);
    if (!same_method || redirects == kMaxRedirects || !target.ok() ||
        target->Origin() != url.Origin()) {
      return response;
    }
    next.url = response->redirects_to;
  }
}

}  // namespace pmcp::http
