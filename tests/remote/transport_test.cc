// Transport to a server, as an operator configures it: TLS and certificates,
// HTTP/2, Unix sockets, proxies.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <regex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "app/compose.h"
#include "base/clock.h"
#include "store/directory_source.h"
#include "tests/remote/certificates.h"
#include "tests/remote/nginx.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_pyroscope.h"
#include "tests/support/hostile_server.h"

namespace pmcp {
namespace {

using app::SourceConfig;
using test::FakePyroscope;
using test::HostileServer;
using test::Nginx;

/// A server with the example profiles, for nginx or a proxy in front of it.
class TransportTest : public testing::Test {
 protected:
  TransportTest() {
    for (const char* name :
         {"http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy",
          "ALL_PROXY", "no_proxy", "NO_PROXY"}) {
      ::unsetenv(name);
    }
  }

  /// The configuration of an nginx with TLS; `more` is added to the block.
  std::string Tls(const std::string& listen, const std::string& certificate,
                  const std::string& key, const std::string& more = "") const {
    return fmt::format(
        "listen 127.0.0.1:PORT ssl {}; ssl_certificate {}; "
        "ssl_certificate_key {}; {} {}",
        listen, certificate, key, more, Pass());
  }
  std::string Pass() const {
    return fmt::format(
        "location / {{ proxy_pass {}; proxy_http_version 1.1; }}", fake_.url());
  }

  static SourceConfig At(std::string url) {
    SourceConfig server;
    server.name = "server";
    server.url = std::move(url);
    server.timeout = std::chrono::seconds(5);
    return server;
  }
  SourceConfig Https(const Nginx& nginx) const {
    SourceConfig server = At(fmt::format("https://localhost:{}", nginx.port()));
    server.ca_file = certificates_.ca();
    return server;
  }

  static source::Sources Open(const SourceConfig& server) {
    static const SystemClock clock;
    app::Config config;
    config.sources = {server};
    return app::MakeSources(config, clock);
  }
  static Result<std::vector<std::string>> Names(
      const source::Sources& sources) {
    const source::LabelQuery all{.selector = {},
                                 .range = {test::At("2026-11-23T09:00:00Z"),
                                           test::At("2026-11-23T09:02:00Z")}};
    PMCP_TRY(answer, sources.all()[0].source->LabelNames(all, {}));
    return std::move(answer.data);
  }
  static Result<std::vector<std::string>> Names(const SourceConfig& server) {
    return Names(Open(server));
  }

  static void ExpectNames(const Result<std::vector<std::string>>& names) {
    ASSERT_TRUE(names.ok()) << names.error().message;
    EXPECT_EQ(std::ranges::count(*names, "service_name"), 1);
  }
  static void ExpectFailure(const Result<std::vector<std::string>>& names,
                            std::string_view hint) {
    ASSERT_FALSE(names.ok());
    EXPECT_EQ(names.error().kind, ErrorKind::kUnavailable)
        << names.error().message;
    EXPECT_NE(names.error().hint.find(hint), std::string::npos)
        << names.error().message << "\n"
        << names.error().hint;
  }

  const test::FakeClock clock_{test::At("2026-11-24T12:00:00Z")};
  const store::DirectorySource folder_{
      {.folder = PMCP_SOURCE_DIR "/examples/profiles",
       .rules = store::IngestRules::kAsPushed},
      clock_};
  const FakePyroscope fake_{folder_, {}};
  const test::Certificates certificates_;
};

/// The connections and protocols in the log of nginx.
std::set<std::pair<std::string, std::string>> Connections(const Nginx& nginx) {
  static const std::regex kLine(R"((\d+) (HTTP/[0-9.]+) \d+ \w+ \S+\n)");
  const std::string log = nginx.AccessLog();
  std::set<std::pair<std::string, std::string>> found;
  for (std::sregex_iterator line(log.begin(), log.end(), kLine), end;
       line != end; ++line) {
    found.emplace((*line)[1], (*line)[2]);
  }
  return found;
}

TEST_F(TransportTest, SpeaksHttp2WhereItIsOfferedOverOneConnection) {
  const Nginx nginx(
      Tls("http2", certificates_.server(), certificates_.server_key()));
  const auto sources = Open(Https(nginx));
  for (int times = 0; times < 3; ++times) ExpectNames(Names(sources));
  ASSERT_TRUE(nginx.Logs("LabelNames"));
  const auto connections = Connections(nginx);
  ASSERT_EQ(connections.size(), 1u) << nginx.AccessLog();
  EXPECT_EQ(connections.begin()->second, "HTTP/2.0");
}

TEST_F(TransportTest, SpeaksHttp1WhereHttp2IsNot) {
  const Nginx nginx(
      Tls("", certificates_.server(), certificates_.server_key()));
  const auto sources = Open(Https(nginx));
  for (int times = 0; times < 3; ++times) ExpectNames(Names(sources));
  ASSERT_TRUE(nginx.Logs("LabelNames"));
  const auto connections = Connections(nginx);
  ASSERT_EQ(connections.size(), 1u) << nginx.AccessLog();
  EXPECT_EQ(connections.begin()->second, "HTTP/1.1");
}

TEST_F(TransportTest, AnAuthorityThatNobodyKnowsIsNotTrusted) {
  const Nginx nginx(
      Tls("", certificates_.server(), certificates_.server_key()));
  SourceConfig server = Https(nginx);
  server.ca_file = "";
  ExpectFailure(Names(server), "CA file");
  EXPECT_EQ(nginx.AccessLog(), "");
}

TEST_F(TransportTest, ACertificateForAnotherNameIsNotTrusted) {
  const Nginx nginx(
      Tls("", certificates_.other_server(), certificates_.other_server_key()));
  ExpectFailure(Names(Https(nginx)), "certificate of the server");
  EXPECT_EQ(nginx.AccessLog(), "");
}

TEST_F(TransportTest, AnAuthorityFileThatIsNoneIsNamed) {
  const Nginx nginx(
      Tls("", certificates_.server(), certificates_.server_key()));
  SourceConfig server = Https(nginx);
  server.ca_file = certificates_.server_key();
  ExpectFailure(Names(server), "CA file");
}

TEST_F(TransportTest, ShowsItsOwnCertificateToWhoWantsOne) {
  const Nginx nginx(
      Tls("", certificates_.server(), certificates_.server_key(),
          fmt::format("ssl_client_certificate {}; ssl_verify_client on;",
                      certificates_.ca())));
  SourceConfig server = Https(nginx);
  const auto without = Names(server);
  ASSERT_FALSE(without.ok());
  EXPECT_FALSE(without.error().hint.empty());
  server.client_cert_file = certificates_.client();
  server.client_key_file = certificates_.client_key();
  ExpectNames(Names(server));
  server.client_key_file = certificates_.server_key();
  ExpectFailure(Names(server), "client certificate and its key");
}

TEST_F(TransportTest, AsksOverAUnixSocket) {
  const Nginx nginx("listen 127.0.0.1:PORT; listen unix:FOLDER/socket; " +
                    Pass());
  const std::string url =
      fmt::format("unix://{}", (nginx.folder() / "socket").string());
  ExpectNames(Names(At(url)));
  EXPECT_TRUE(nginx.Logs("LabelNames")) << nginx.AccessLog();
  const auto missing = Names(At(url + "-that-is-not-there"));
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().kind, ErrorKind::kUnavailable);
}

/// What a proxy sees of a request for `url`; other requests are refused.
std::string SeenByProxy(
    const char* variable, const SourceConfig& server,
    Result<std::vector<std::string>> (*ask)(const SourceConfig&)) {
  const HostileServer proxy({{"HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n"}});
  ::setenv(variable, proxy.url().c_str(), 1);
  EXPECT_FALSE(ask(server).ok());
  ::unsetenv(variable);
  const auto requests = proxy.requests();
  return requests.empty() ? "" : requests[0].substr(0, requests[0].find("\r"));
}

TEST_F(TransportTest, AsksThroughTheProxyOfTheVariables) {
  for (const char* variable : {"http_proxy", "HTTP_PROXY", "all_proxy"}) {
    EXPECT_EQ(
        SeenByProxy(variable, At("http://pyroscope.example:4040/x"), Names),
        "POST http://pyroscope.example:4040/x/querier.v1.QuerierService/"
        "LabelNames HTTP/1.1")
        << variable;
  }
  for (const char* variable : {"https_proxy", "HTTPS_PROXY", "ALL_PROXY"}) {
    EXPECT_EQ(SeenByProxy(variable, At("https://pyroscope.example"), Names),
              "CONNECT pyroscope.example:443 HTTP/1.1")
        << variable;
  }
}

TEST_F(TransportTest, ProxiesOfHttpsSeeNoCredentials) {
  const HostileServer proxy({{"HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n"}});
  ::setenv("https_proxy", proxy.url().c_str(), 1);
  SourceConfig server = At("https://pyroscope.example");
  server.credentials.token = Redacted<std::string>("the-token");
  server.credentials.tenant_id = "team-a";
  const auto names = Names(server);
  ::unsetenv("https_proxy");
  EXPECT_FALSE(names.ok());
  ASSERT_FALSE(proxy.requests().empty());
  for (const std::string& request : proxy.requests()) {
    EXPECT_EQ(request.find("the-token"), std::string::npos) << request;
    EXPECT_EQ(request.find("team-a"), std::string::npos) << request;
  }
}

TEST_F(TransportTest, AsksForGzipWhereItPays) {
  const auto encoding = [&](SourceConfig server) {
    ExpectNames(Names(server));
    const auto headers = fake_.requests().back().headers;
    const auto accepted = headers.find("accept-encoding");
    return accepted == headers.end() ? "" : accepted->second;
  };
  SourceConfig near = At(fake_.url());
  EXPECT_EQ(encoding(near), "");
  near.gzip = true;
  EXPECT_EQ(encoding(near), "gzip");
  // An address that is not a loopback address.
  SourceConfig far = At(fmt::format("http://0.0.0.0:{}", fake_.port()));
  EXPECT_EQ(encoding(far), "gzip");
  far.gzip = false;
  EXPECT_EQ(encoding(far), "");
}

TEST_F(TransportTest, NoProxyIsAskedForWhatNeedsNone) {
  const HostileServer proxy({{"HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n"}});
  ::setenv("http_proxy", proxy.url().c_str(), 1);
  ExpectNames(Names(At(fake_.url())));  // of this machine
  // An address that is not loopback: only no_proxy excludes it.
  const std::string any = fmt::format("http://0.0.0.0:{}", fake_.port());
  EXPECT_FALSE(Names(At(any)).ok());
  EXPECT_FALSE(proxy.requests().empty());
  const std::size_t asked = proxy.requests().size();
  ::setenv("no_proxy", "0.0.0.0", 1);
  ExpectNames(Names(At(any)));
  EXPECT_EQ(proxy.requests().size(), asked);
}

}  // namespace
}  // namespace pmcp
