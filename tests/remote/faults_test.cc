// Faults of a server: each gives the correct kind of error and a hint, does not
// hang past the deadline, and reveals no secret.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/gzip.h"
#include "http/client/curl_http_client.h"
#include "http/client/retry.h"
#include "pyroscope/connect/connect_client.h"
#include "pyroscope/wire/wire_labels.h"
#include "pyroscope/wire/wire_requests.h"
#include "store/directory_source.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_pyroscope.h"
#include "tests/support/hostile_server.h"
#include "tests/support/temp_folder.h"

namespace pmcp::pyroscope {
namespace {

using test::HostileReply;
using test::HostileServer;
using Then = test::HostileReply::Then;

constexpr const char* kSecret = "glsa_very_secret_token";
/// A timeout that tests reach, and one that no test machine should reach.
constexpr std::chrono::milliseconds kTimeout{300};
constexpr std::chrono::milliseconds kPatience{20'000};
constexpr std::size_t kMostBytes = 1 << 20;

/// A client with short timeouts.
class Client {
 public:
  explicit Client(std::string url, bool through_grafana = false,
                  CredentialOptions credentials = WithToken(),
                  std::chrono::milliseconds timeout = kPatience)
      : credentials_(std::move(credentials)),
        client_(
            http_,
            [url](const CallContext&) -> Result<std::string> { return url; },
            credentials_,
            {.timeout = timeout,
             .max_response_bytes = kMostBytes,
             .through_grafana = through_grafana,
             .retry = {.first_pause = std::chrono::milliseconds(1)}}) {}

  static CredentialOptions WithToken() {
    return {.token = Redacted<std::string>(kSecret), .named = "THE_TOKEN"};
  }

  Result<std::vector<std::string>> Names(
      const CallContext& call = {}, const std::string& message = "") const {
    PMCP_TRY(answer, client_.Call("LabelNames", message, call));
    return DecodeNames("LabelNames", answer);
  }

 private:
  const http::CurlHttpClient http_{http::CurlOptions{}};
  const Credentials credentials_;
  const ConnectClient client_;
};

std::string Http(const char* status, const char* type, const std::string& body,
                 const std::string& headers = "") {
  return fmt::format(
      "HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n{}\r\n{}",
      status, type, body.size(), headers, body);
}

std::string Proto(const std::string& body, const std::string& headers = "") {
  return Http("200 OK", "application/proto", body, headers);
}

std::string Json(const char* status, const std::string& body) {
  return Http(status, "application/json", body);
}

struct Fault {
  const char* name;
  HostileReply reply;
  ErrorKind kind;
  const char* said;  // somewhere in message or hint
  bool through_grafana = false;
};

void PrintTo(const Fault& fault, std::ostream* out) { *out << fault.name; }

/// Faults of the connection and of HTTP.
std::vector<Fault> TransportFaults() {
  const std::string proto_head =
      "HTTP/1.1 200 OK\r\nContent-Type: application/proto\r\n";
  const std::string zeros(64 * 1024, '\0');
  return {
      {"slow_headers", {"", Then::kHang}, ErrorKind::kTimeout, "300 ms"},
      {"slow_body",
       {proto_head + "Content-Length: 9\r\n\r\nabc", Then::kHang},
       ErrorKind::kTimeout,
       "300 ms"},
      {"dripping_body",
       {proto_head + "\r\n", Then::kDrip},
       ErrorKind::kTimeout,
       "300 ms"},
      {"cut_body",
       {proto_head + "Content-Length: 9\r\n\r\nabc"},
       ErrorKind::kUnavailable,
       "cannot be asked"},
      {"cut_chunks",
       {proto_head + "Transfer-Encoding: chunked\r\n\r\n9\r\nabc"},
       ErrorKind::kUnavailable,
       "cannot be asked"},
      {"short_content_length",
       {proto_head + "Content-Length: 2\r\n\r\n\x0a\x01"
                     "a"},
       ErrorKind::kBadResponse,
       "names is cut short"},
      {"mad_content_length",
       {proto_head + "Content-Length: -9\r\n\r\nabc"},
       ErrorKind::kBadResponse,
       "HTTP server"},
      {"no_answer", {""}, ErrorKind::kUnavailable, "cannot be asked"},
      {"not_http",
       {"220 mail ready\r\n", Then::kClose},
       ErrorKind::kBadResponse,
       "HTTP server"},
      {"endless_body",
       {proto_head + "\r\n" + zeros, Then::kRepeat},
       ErrorKind::kTooLarge,
       "1 MiB"},
      {"endless_headers",
       {"HTTP/1.1 200 OK: fine\r\nX: y\r\n", Then::kRepeat},
       ErrorKind::kBadResponse,
       "more than 4096 headers or 256 KiB of them"},
      {"endless_long_headers",
       {"HTTP/1.1 200 OK: fine\r\nX: " + std::string(1000, 'y') + "\r\n",
        Then::kRepeat},
       ErrorKind::kBadResponse,
       "more than 4096 headers or 256 KiB of them"},
      {"gzip_bomb",
       {Proto(Gzip(std::string(kMostBytes + 1, 'x')),
              "Content-Encoding: gzip\r\n")},
       ErrorKind::kTooLarge,
       "1 MiB"},
      {"broken_gzip",
       {Proto("no gzip at all", "Content-Encoding: gzip\r\n")},
       ErrorKind::kBadResponse,
       "between here"},
  };
}

/// Complete responses with the wrong content.
std::vector<Fault> ContentFaults() {
  return {
      {"garbage_protobuf",
       {Proto("\xff\xff\xff\xff")},
       ErrorKind::kBadResponse,
       "the answer of LabelNames"},
      {"cut_protobuf",
       {Proto("\x0a\x09"
              "abc")},
       ErrorKind::kBadResponse,
       "names is cut short"},
      {"wrong_type",
       {Http("200 OK", "text/plain", "hello")},
       ErrorKind::kBadResponse,
       "text/plain"},
      {"web_page",
       {Http("200 OK", "text/html", "<html>hi</html>")},
       ErrorKind::kBadResponse,
       "web page"},
      {"proxy_wants_credentials",
       {Http("401 Unauthorized", "text/html", "<html>401</html>")},
       ErrorKind::kUnauthenticated,
       "THE_TOKEN"},
      {"login_page",
       {Http("200 OK", "text/html", "<html>hi</html>")},
       ErrorKind::kUnauthenticated,
       "THE_TOKEN",
       true},
  };
}

std::vector<Fault> StatusFaults() {
  return {
      {"status_400",
       {Json("400 Bad",
             R"({"code":"invalid_argument","message":"no such thing"})")},
       ErrorKind::kInvalidArgument,
       "no such thing"},
      {"status_401",
       {Json("401 No", R"({"code":"unauthenticated","message":"no org id"})")},
       ErrorKind::kUnauthenticated,
       "THE_TOKEN"},
      {"status_403",
       {Json("403 No", "{}")},
       ErrorKind::kPermissionDenied,
       "THE_TOKEN"},
      {"status_404",
       {Http("404 No", "text/plain", "404 page not found")},
       ErrorKind::kUnsupported,
       "path prefix"},
      {"status_415",
       {Http("415 No", "text/plain", "")},
       ErrorKind::kUnsupported,
       "does not accept content of type \"application/proto\""},
      {"status_429",
       {Http("429 No", "application/json", "{}", "Retry-After: 60\r\n")},
       ErrorKind::kRateLimited,
       "in 60 s"},
      {"status_500",
       {Json("500 No", R"({"code":"unknown","message":"oops"})")},
       ErrorKind::kUnavailable,
       "oops"},
      {"status_502", {Json("502 No", "")}, ErrorKind::kUnavailable, "502"},
      {"status_503", {Json("503 No", "")}, ErrorKind::kUnavailable, "503"},
      {"status_504", {Json("504 No", "")}, ErrorKind::kTimeout, "shorter"},
      // As recorded from a server that uses its v1 read path.
      {"old_path_heatmap",
       {Json(
           "501 No",
           R"({"code":"unimplemented","message":"this endpoint is not available in v1 frontend"})")},
       ErrorKind::kUnsupported,
       "old storage (v1)"},
      {"old_path_traces",
       {Json(
           "501 No",
           R"({"code":"unimplemented","message":"trace_id_selector is only supported with the v2 query backend"})")},
       ErrorKind::kUnsupported,
       "old storage (v1)"},
      {"says_the_secret",
       {Json(
           "400 Bad",
           fmt::format(R"({{"code":"invalid_argument","message":"Bearer {}"}})",
                       kSecret))},
       ErrorKind::kInvalidArgument,
       "Bearer ***"},
  };
}

/// Grafana, or its data source, refuses the account.
std::vector<Fault> GrafanaFaults() {
  return {
      {"grafana_401",
       {Json("401 No", R"({"message":"Invalid API key"})")},
       ErrorKind::kUnauthenticated,
       "Set THE_TOKEN",
       true},
      {"grafana_redirects_to_login",
       {Http("302 Found", "text/plain", "", "Location: /login\r\n")},
       ErrorKind::kUnavailable,
       "redirects to /login, which",
       true},
      {"pyroscope_404_behind_grafana",
       {Http("404 No", "text/plain; charset=utf-8", "404 page not found\n")},
       ErrorKind::kUnsupported,
       "recent enough",
       true},
      {"grafana_400",
       {Http("400 Bad", "text/plain; charset=utf-8",
             "Authentication to data source failed")},
       ErrorKind::kUnauthenticated,
       "in the data source",
       true},
      {"grafana_400_no_uid",
       {Json("400 Bad", R"({"message":"UID is invalid"})")},
       ErrorKind::kNotFound,
       "uid of the data source",
       true},
      {"grafana_500_deleted_token",
       {Json("500 No", R"({"message":"invalid API key","traceID":""})")},
       ErrorKind::kUnauthenticated,
       "Set THE_TOKEN",
       true},
      {"grafana_403",
       {Json("403 No",
             R"({"message":"Permissions needed: datasources:query"})")},
       ErrorKind::kPermissionDenied,
       "datasources:query",
       true},
  };
}

/// Errors of Grafana that are not caused by the account.
std::vector<Fault> GrafanaWithoutDatasource() {
  return {
      {"grafana_404",
       {Json("404 No", R"({"message":"data source not found"})")},
       ErrorKind::kNotFound,
       "data source not found",
       true},
      {"grafana_502",
       {Json("502 No", "")},
       ErrorKind::kUnavailable,
       "correct its URL in the data source",
       true},
      {"grafana_500",
       {Json("500 No", R"({"message":"Internal Server Error"})")},
       ErrorKind::kUnavailable,
       "A deleted token",
       true},
      {"grafana_page",
       {Http("200 OK", "text/html; charset=UTF-8", "<html>")},
       ErrorKind::kUnauthenticated,
       "most likely its login",
       true},
      {"grafana_page_404",
       {Http("404 No", "text/html; charset=UTF-8", "<html>")},
       ErrorKind::kNotFound,
       "Check the URL of Grafana",
       true},
      // Two JSON objects in one body, as sent for the proxy's host allowlist.
      {"grafana_403_no_json",
       {Json("403 No", R"({"message":"Data proxy hostname and ip are not )"
                       R"(included in whitelist"}{"message":"x"})")},
       ErrorKind::kPermissionDenied,
       "whitelist",
       true},
      {"grafana_504", {Json("504 No", "")}, ErrorKind::kTimeout, "30 s", true},
  };
}

std::vector<Fault> AllFaults() {
  std::vector<Fault> all = TransportFaults();
  for (const auto& more : {ContentFaults(), StatusFaults(), GrafanaFaults(),
                           GrafanaWithoutDatasource()}) {
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

class Faulty : public testing::TestWithParam<Fault> {};

TEST_P(Faulty, GivesItsKindOfErrorInTime) {
  const Fault& fault = GetParam();
  const HostileServer server({fault.reply});
  // Only an endless body reaches the limit.
  const bool is_endless =
      fault.reply.then == Then::kHang || fault.reply.then == Then::kDrip;
  const Client client(server.url(), fault.through_grafana, Client::WithToken(),
                      is_endless ? kTimeout : kPatience);
  const auto start = std::chrono::steady_clock::now();
  const auto names = client.Names();
  const auto took = std::chrono::steady_clock::now() - start;
  ASSERT_FALSE(names.ok());
  const std::string text = names.error().message + "\n" + names.error().hint;
  EXPECT_EQ(Name(names.error().kind), Name(fault.kind)) << text;
  EXPECT_NE(text.find(fault.said), std::string::npos) << text;
  EXPECT_FALSE(names.error().hint.empty());
  EXPECT_EQ(text.find(kSecret), std::string::npos) << text;
  if (is_endless) {
    EXPECT_LT(took, kTimeout + std::chrono::seconds(3));
  } else {
    EXPECT_LT(took, kPatience);
  }
}

INSTANTIATE_TEST_SUITE_P(All, Faulty, testing::ValuesIn(AllFaults()),
                         [](const auto& one) { return one.param.name; });

// Permissions of an account differ between organisations.
TEST(Faults, GrafanaRefusesInAnOrganisation) {
  const HostileServer server(
      {{Json("403 No", R"({"message":"Permissions needed: x"})")}});
  const auto names = Client(server.url(), /*through_grafana=*/true,
                            {.grafana_org_id = "7", .named = "THE_TOKEN"})
                         .Names();
  ASSERT_FALSE(names.ok());
  EXPECT_NE(names.error().hint.find("check the organisation, 7"),
            std::string::npos)
      << names.error().hint;
}

TEST(Faults, NothingListens) {
  const auto names = Client("http://127.0.0.1:1").Names();
  ASSERT_FALSE(names.ok());
  EXPECT_EQ(names.error().kind, ErrorKind::kUnavailable);
  EXPECT_NE(names.error().message.find("127.0.0.1:1 "), std::string::npos);
}

TEST(Faults, NoSuchHost) {
  const auto names = Client("http://no-such-host.invalid").Names();
  ASSERT_FALSE(names.ok());
  EXPECT_EQ(names.error().kind, ErrorKind::kUnavailable);
  EXPECT_NE(names.error().message.find("no-such-host.invalid"),
            std::string::npos);
  EXPECT_NE(names.error().hint.find("host name in the URL"), std::string::npos)
      << names.error().hint;
}

TEST(Faults, NoTlsWhereTlsShouldBe) {
  const HostileServer server({{"HTTP/1.1 400 Bad\r\n\r\n"}});
  std::string url = server.url();
  url.replace(0, 4, "https");
  const auto names = Client(url).Names();
  ASSERT_FALSE(names.ok());
  EXPECT_EQ(names.error().kind, ErrorKind::kUnavailable);
  EXPECT_NE(names.error().hint.find("TLS"), std::string::npos)
      << names.error().message << names.error().hint;
}

TEST(Faults, AnotherHostIsNotFollowed) {
  const HostileServer other({{Proto("")}});
  for (const char* status : {"302 Found", "307 Temporary Redirect"}) {
    const HostileServer server({{Http(status, "text/plain", "",
                                      "Location: " + other.url() + "/\r\n")}});
    const auto names = Client(server.url()).Names();
    ASSERT_FALSE(names.ok());
    EXPECT_EQ(names.error().kind, ErrorKind::kUnavailable);
    EXPECT_NE(names.error().message.find("redirects to " + other.url()),
              std::string::npos)
        << names.error().message;
  }
  EXPECT_TRUE(other.requests().empty());
}

TEST(Faults, TheSameHostIsFollowedWithTheQuestion) {
  const HostileServer server(
      {{Http("307 Elsewhere", "text/plain", "",
             "Connection: close\r\nLocation: /moved\r\n")},
       {Proto("\x0a\x01"
              "a")}});
  const auto names = Client(server.url()).Names();
  ASSERT_TRUE(names.ok()) << names.error().message;
  EXPECT_EQ(server.requests().at(1).substr(0, 11), "POST /moved");
}

TEST(Faults, WhatPassesIsAskedAgain) {
  const HostileServer server({{Json("503 Busy", "{}")},
                              {""},  // as a server that restarts
                              {Proto("\x0a\x01"
                                     "a")}});
  const auto names = Client(server.url()).Names();
  ASSERT_TRUE(names.ok()) << names.error().message;
  EXPECT_EQ(*names, std::vector<std::string>{"a"});
  EXPECT_EQ(server.requests().size(), 3u);
}

std::int64_t Ms(const char* time) {
  return test::At(time).time_since_epoch().count();
}

TEST(Faults, ServersThatRestartAreAskedAgain) {
  const test::FakeClock clock(test::At("2026-11-24T12:00:00Z"));
  const store::DirectorySource folder(
      {.folder = PMCP_SOURCE_DIR "/examples/profiles",
       .rules = store::IngestRules::kAsPushed},
      clock);
  auto server = std::make_unique<test::FakePyroscope>(
      folder, test::FakePyroscopeOptions{});
  const int port = server->port();
  const Client client(server->url());
  const std::string question = Encode(LabelNamesRequest{
      {}, {Ms("2026-11-23T09:00:00Z"), Ms("2026-11-23T09:02:00Z")}});
  const auto ask = [&] { return client.Names({}, question); };
  EXPECT_TRUE(ask().ok());
  server.reset();
  const auto down = ask();
  ASSERT_FALSE(down.ok());
  EXPECT_EQ(down.error().kind, ErrorKind::kUnavailable);
  server = std::make_unique<test::FakePyroscope>(
      folder, test::FakePyroscopeOptions{.port = port});
  EXPECT_TRUE(ask().ok());
  // Without a call in between, so that the kept connection is closed.
  server.reset();
  server = std::make_unique<test::FakePyroscope>(
      folder, test::FakePyroscopeOptions{.port = port});
  const auto again = ask();
  EXPECT_TRUE(again.ok()) << again.error().message;
}

TEST(Faults, TheServerIsToldHowLongWeWait) {
  const HostileServer server({{Proto("")}});
  EXPECT_TRUE(Client(server.url()).Names().ok());
  const std::string request = server.requests().at(0);
  constexpr std::string_view kName = "Connect-Timeout-Ms: ";
  const std::size_t at = request.find(kName);
  ASSERT_NE(at, std::string::npos);
  const int wait = std::stoi(request.substr(at + kName.size()));
  EXPECT_GT(wait, 0);
  EXPECT_LE(wait, kPatience.count());
  // The deadline of the call, if it is earlier.
  const auto soon = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  EXPECT_TRUE(Client(server.url()).Names(CallContext({}, soon)).ok());
  const std::string sooner = server.requests().at(1);
  EXPECT_LE(std::stoi(sooner.substr(sooner.find(kName) + kName.size())), 5000);
}

TEST(Faults, RetriesAreBounded) {
  const HostileServer server({{Json("503 Busy", "{}")}});
  EXPECT_FALSE(Client(server.url()).Names().ok());
  EXPECT_EQ(server.requests().size(), 3u);
  // Permanent errors are not retried.
  const HostileServer wrong({{Json("400 Bad", "{}")}});
  EXPECT_FALSE(Client(wrong.url()).Names().ok());
  EXPECT_EQ(wrong.requests().size(), 1u);
}

TEST(Faults, ATryOfWhatIsBusyWaitsAsLongAsItSays) {
  const HostileServer server(
      {{Http("429 No", "application/json", "{}", "Retry-After: 1\r\n")},
       {Proto("")}});
  const auto start = std::chrono::steady_clock::now();
  EXPECT_TRUE(Client(server.url()).Names().ok());
  EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::seconds(1));
}

TEST(Faults, WhatTheServerAsksForLongerIsNotWaitedFor) {
  const http::RetryOptions options;
  EXPECT_EQ(http::PauseBefore(0, "2", options), std::chrono::seconds(2));
  EXPECT_EQ(http::PauseBefore(0, "6", options), std::nullopt);
  EXPECT_EQ(http::PauseBefore(2, "", options), std::nullopt);
}

TEST(Faults, PausesGrowAndAreSpread) {
  http::RetryOptions options;
  const auto pause = [&](int attempt, double jitter) {
    options.jitter = [jitter] { return jitter; };
    return http::PauseBefore(attempt, "", options)->count();
  };
  EXPECT_EQ(pause(0, 0), 50);
  EXPECT_EQ(pause(0, 1), 150);
  EXPECT_EQ(pause(1, 0), 100);
  EXPECT_EQ(pause(1, 1), 300);
}

TEST(Faults, CancellingEndsTheTransferAtOnce) {
  const HostileServer server({{"", Then::kHang}});
  std::stop_source stop;
  const std::jthread canceller([&] {
    while (server.requests().empty()) std::this_thread::yield();
    stop.request_stop();
  });
  const auto start = std::chrono::steady_clock::now();
  const auto names =
      Client(server.url())
          .Names(CallContext(stop.get_token(), CallContext::Deadline::max()));
  ASSERT_FALSE(names.ok());
  EXPECT_EQ(names.error().kind, ErrorKind::kCancelled);
  EXPECT_LT(std::chrono::steady_clock::now() - start, kPatience / 2);
  // The server sees a closed connection.
  while (server.left() == 0 &&
         std::chrono::steady_clock::now() - start < kPatience) {
    std::this_thread::yield();
  }
  EXPECT_EQ(server.left(), 1);
}

TEST(Faults, ATokenFileCountsAsItIsNow) {
  const test::TempFolder folder;
  const std::string file = (folder.path() / "token").string();
  const HostileServer server({{Proto("")}});
  const Client client(server.url(), false,
                      {.token_file = file, .named = "THE_TOKEN"});
  const auto missing = client.Names();
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().kind, ErrorKind::kUnauthenticated);
  for (const char* token : {"first", "second"}) {
    folder.Write("token", std::string(token) + "\n");
    EXPECT_TRUE(client.Names().ok());
    EXPECT_NE(server.requests().back().find(
                  fmt::format("Authorization: Bearer {}\r\n", token)),
              std::string::npos);
  }
}

}  // namespace
}  // namespace pmcp::pyroscope
