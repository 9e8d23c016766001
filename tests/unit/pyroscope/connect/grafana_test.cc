#include "pyroscope/connect/grafana.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "http/client/url.h"
#include "pyroscope/connect/grafana_links.h"
#include "tests/support/fake_clock.h"

namespace pmcp::pyroscope {
namespace {

/// Answers GET requests from a table, and others with `status`.
class FakeHttp final : public http::HttpClient {
 public:
  std::map<std::string, std::string> pages;
  int status = 404;

  Result<http::ClientResponse> Send(const http::ClientRequest& request,
                                    const CallContext&) const override {
    const auto page = pages.find(request.url);
    if (page == pages.end()) {
      return http::ClientResponse{.status = status,
                                  .content_type = "application/json",
                                  .body = R"({"message":"not here"})"};
    }
    return http::ClientResponse{
        .status = 200,
        .content_type = "application/json; charset=UTF-8",
        .body = page->second};
  }
};

constexpr const char* kUrl = "https://g/x";

constexpr const char* kTwo = R"([
    {"uid":"a/1","name":"Shop","type":"grafana-pyroscope-datasource",
     "jsonData":{"minStep":"1m"}},
    {"uid":"m","name":"Metrics","type":"prometheus"},
    {"uid":"b","name":"Old","type":"phlare"}])";

class GrafanaTest : public testing::Test {
 protected:
  Result<std::string> ProxyUrl(const std::string& datasource) {
    grafana_ = std::make_unique<Grafana>(
        "https://g/x",
        GrafanaOptions{.datasource = datasource,
                       .named = "THE_UID",
                       .now = [this] { return now_; }},
        http_, credentials_, ConnectOptions{.through_grafana = true});
    return grafana_->ProxyUrl({});
  }

  FakeHttp http_;
  const Credentials credentials_{CredentialOptions{.grafana_org_id = "7"}};
  std::unique_ptr<Grafana> grafana_;
  std::chrono::steady_clock::time_point now_;
};

TEST_F(GrafanaTest, TakesTheOnlyDatasource) {
  http_.pages["https://g/x/api/datasources"] =
      R"([{"uid":"b","name":"Old","type":"phlare"}])";
  EXPECT_EQ(*ProxyUrl(""), std::string(kUrl) + "/api/datasources/proxy/uid/b");
  EXPECT_EQ(grafana_->MinStep(), std::nullopt);
}

TEST_F(GrafanaTest, LooksAgainAfterAWhile) {
  auto& list = http_.pages["https://g/x/api/datasources"];
  list = R"([{"uid":"a","name":"One","type":"phlare"}])";
  ASSERT_TRUE(ProxyUrl("").ok());
  list = R"([{"uid":"b","name":"One","type":"phlare"}])";
  now_ += Grafana::kKeptTime - std::chrono::seconds(1);
  EXPECT_TRUE(grafana_->ProxyUrl({})->ends_with("/uid/a"));
  now_ += std::chrono::seconds(1);
  EXPECT_TRUE(grafana_->ProxyUrl({})->ends_with("/uid/b"));
}

TEST_F(GrafanaTest, NamesAllWhenThereAreSeveral) {
  http_.pages["https://g/x/api/datasources"] = kTwo;
  const auto url = ProxyUrl("");
  ASSERT_FALSE(url.ok());
  EXPECT_EQ(url.error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(url.error().hint,
            "Set THE_UID to one of: Shop (uid a/1), Old (uid b).");
}

TEST_F(GrafanaTest, SaysHowManyItDoesNotName) {
  std::string list = "[";
  for (int i = 0; i < 103; ++i) {
    list += fmt::format(
        R"({}{{"uid":"u{}","name":"n","type":"grafana-pyroscope-datasource"}})",
        i == 0 ? "" : ",", i);
  }
  http_.pages["https://g/x/api/datasources"] = list + "]";
  const auto url = ProxyUrl("");
  ASSERT_FALSE(url.ok());
  EXPECT_NE(url.error().message.find("has 103 "), std::string::npos);
  EXPECT_TRUE(url.error().hint.ends_with("n (uid u99), and 3 more."))
      << url.error().hint;
}

TEST_F(GrafanaTest, AcceptsANameAndEscapesTheUid) {
  http_.pages["https://g/x/api/datasources"] = kTwo;
  EXPECT_EQ(*ProxyUrl("Shop"),
            std::string(kUrl) + "/api/datasources/proxy/uid/a%2F1");
  EXPECT_EQ(grafana_->MinStep(), std::chrono::minutes(1));
  EXPECT_FALSE(ProxyUrl("Metrics").ok());
}

TEST_F(GrafanaTest, AUidNeedsNoList) {
  http_.pages["https://g/x/api/datasources/uid/b"] =
      R"({"uid":"b","name":"Old","type":"phlare"})";
  EXPECT_EQ(*ProxyUrl("b"), std::string(kUrl) + "/api/datasources/proxy/uid/b");
}

// An account with datasources:query only cannot list data sources.
TEST_F(GrafanaTest, ToldNothingItNamesTheUid) {
  http_.status = 403;
  EXPECT_EQ(*ProxyUrl("b"), std::string(kUrl) + "/api/datasources/proxy/uid/b");
  const auto url = ProxyUrl("");
  ASSERT_FALSE(url.ok());
  EXPECT_EQ(url.error().kind, ErrorKind::kPermissionDenied);
  EXPECT_NE(url.error().hint.find("Or set THE_UID to the uid"),
            std::string::npos)
      << url.error().hint;
}

TEST_F(GrafanaTest, RefusesWhatIsNoList) {
  for (const char* body : {"", "7", "\"x\"", "[[[[[["}) {
    http_.pages["https://g/x/api/datasources"] = body;
    const auto url = ProxyUrl("");
    ASSERT_FALSE(url.ok());
    EXPECT_EQ(url.error().kind, ErrorKind::kBadResponse) << body;
  }
}

TEST_F(GrafanaTest, LinksEscapeWhatIsFromOutside) {
  http_.pages["https://g/x/api/datasources"] = kTwo;
  ASSERT_TRUE(ProxyUrl("Shop").ok());
  const auto query = source::MakeProfileQuery(
      "process_cpu:cpu:nanoseconds:cpu:nanoseconds",
      R"({service_name="a&b=c", pod="x|y,z"})",
      {test::At("2026-07-28T10:00:00Z"), test::At("2026-07-28T11:00:00Z")});
  const auto links = grafana_->Links(*query);
  ASSERT_EQ(links.size(), 2u);
  EXPECT_EQ(links[0].url,
            "https://g/x/a/grafana-pyroscope-app/explore?explorationType="
            "flame-graph&var-dataSource=a%2F1&var-serviceName=a%26b%3Dc"
            "&var-profileMetricId=process_cpu%3Acpu%3Ananoseconds%3Acpu%3A"
            "nanoseconds&var-filters=pod%7C%3D%7Cx__gfp__y__gfc__z"
            "&from=1785232800000&to=1785236400000&maxNodes=16384&orgId=7");
  EXPECT_EQ(links[1].url.find("https://g/x/explore?schemaVersion=1&panes=%7B"),
            0u);
  EXPECT_TRUE(links[1].url.ends_with("%7D&orgId=7")) << links[1].url;
}

TEST_F(GrafanaTest, WithoutATypeThereIsOnlyOneLink) {
  http_.pages["https://g/x/api/datasources"] = kTwo;
  ASSERT_TRUE(ProxyUrl("Shop").ok());
  const TimeRange range{test::At("2026-07-28T10:00:00Z"),
                        test::At("2026-07-28T11:00:00Z")};
  const auto links = grafana_->Links({{}, {}, range});
  ASSERT_EQ(links.size(), 1u);
  EXPECT_EQ(links[0].url,
            "https://g/x/a/grafana-pyroscope-app/explore?explorationType=all"
            "&var-dataSource=a%2F1&from=1785232800000&to=1785236400000"
            "&maxNodes=16384&orgId=7");
}

TEST_F(GrafanaTest, WithoutAnOrganisationLinksNameNone) {
  const source::ProfileQuery query{
      {},
      {},
      {test::At("2026-07-28T10:00:00Z"), test::At("2026-07-28T11:00:00Z")}};
  const auto links = GrafanaLinks(
      {.url = "https://g", .datasource_uid = "u", .org_id = ""}, query);
  ASSERT_EQ(links.size(), 1u);
  EXPECT_EQ(links[0].url.find("orgId"), std::string::npos);
}

TEST(Url, ReadsItsParts) {
  const auto url = http::ParseUrl("HTTPS://Host:8443/pre/fix/");
  ASSERT_TRUE(url.ok());
  EXPECT_EQ(url->Origin(), "https://host:8443");
  EXPECT_EQ(url->path, "/pre/fix");
  EXPECT_EQ(http::ParseUrl("http://[::1]")->Origin(), "http://[::1]:80");
  EXPECT_TRUE(http::ParseUrl("http://[::1]:4040")->IsLoopback());
  EXPECT_EQ(http::ParseUrl("unix:///run/p.sock")->path, "/run/p.sock");
}

TEST(Url, RefusesWhatItWouldMisread) {
  for (const char* text : {"", "host:4040", "ftp://host", "http://",
                           "http://host:0", "http://host:port", "http://host?x",
                           "http://u:p@host", "http://h/ x", "unix://"}) {
    const auto url = http::ParseUrl(text);
    ASSERT_FALSE(url.ok()) << text;
    EXPECT_EQ(url.error().message.find("u:p"), std::string::npos);
  }
}

}  // namespace
}  // namespace pmcp::pyroscope
