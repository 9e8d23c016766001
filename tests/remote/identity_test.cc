// Tenants, tokens, users and organisations, as an operator configures them,
// reach the server in the correct headers.
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "app/compose.h"
#include "base/clock.h"
#include "store/directory_source.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_pyroscope.h"
#include "tests/support/hostile_server.h"

namespace pmcp {
namespace {

using app::SourceConfig;
using test::FakePyroscope;

class IdentityTest : public testing::Test {
 protected:
  Result<std::size_t> Ask(SourceConfig server) const {
    server.name = "server";
    server.timeout = std::chrono::seconds(5);
    app::Config config;
    config.sources = {std::move(server)};
    const source::Sources sources = app::MakeSources(config, clock_);
    const source::LabelQuery all{.selector = {},
                                 .range = {test::At("2026-11-23T09:00:00Z"),
                                           test::At("2026-11-23T09:02:00Z")}};
    PMCP_TRY(names, sources.all()[0].source->LabelNames(all, {}));
    return names.data.size();
  }

  const test::FakeClock clock_{test::At("2026-11-24T12:00:00Z")};
  const store::DirectorySource folder_{
      {.folder = PMCP_SOURCE_DIR "/examples/profiles",
       .rules = store::IngestRules::kAsPushed},
      clock_};
};

TEST_F(IdentityTest, SeveralTenantsBelowAPathPrefix) {
  const FakePyroscope fake(
      folder_, {.path_prefix = "/pre/fix", .tenant = "team-a|team-b"});
  SourceConfig server;
  server.url = fake.url();
  const auto without = Ask(server);
  ASSERT_FALSE(without.ok());
  EXPECT_EQ(without.error().kind, ErrorKind::kUnauthenticated);
  EXPECT_NE(without.error().hint.find("tenant"), std::string::npos)
      << without.error().hint;
  server.credentials.tenant_id = "team-a|team-b";
  EXPECT_TRUE(Ask(server).ok());
  server.url += "/";
  EXPECT_TRUE(Ask(server).ok());
  EXPECT_EQ(fake.requests().back().path,
            "/pre/fix/querier.v1.QuerierService/LabelNames");
}

TEST_F(IdentityTest, NobodyKnowsWhatSeveralTenantsCoverTogether) {
  for (const std::string tenant : {"team-a", "team-a|team-b"}) {
    const FakePyroscope fake(folder_, {.tenant = tenant});
    SourceConfig server;
    server.name = "server";
    server.url = fake.url();
    server.credentials.tenant_id = tenant;
    app::Config config;
    config.sources = {server};
    const source::Sources sources = app::MakeSources(config, clock_);
    const auto covered = sources.all()[0].source->Covered({});
    ASSERT_TRUE(covered.ok()) << covered.error().message;
    EXPECT_EQ(covered->data.is_known, tenant == "team-a");
  }
}

TEST_F(IdentityTest, BearerAndBasic) {
  SourceConfig server;
  server.credentials.token = Redacted<std::string>("the-token");
  const FakePyroscope bearer(folder_, {.authorization = "Bearer the-token"});
  server.url = bearer.url();
  EXPECT_TRUE(Ask(server).ok());
  // base64 of "1234:glc_password"
  const FakePyroscope basic(
      folder_, {.authorization = "Basic MTIzNDpnbGNfcGFzc3dvcmQ="});
  server.url = basic.url();
  EXPECT_FALSE(Ask(server).ok());
  server.credentials = {.username = "1234",
                        .password = Redacted<std::string>("glc_password")};
  EXPECT_TRUE(Ask(server).ok());
}

TEST_F(IdentityTest, GrafanaIsToldTheOrganisation) {
  const test::HostileServer grafana(
      {{"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
        "Content-Length: 2\r\n\r\n[]"}});
  SourceConfig server;
  server.kind = app::SourceKind::kGrafana;
  server.url = grafana.url();
  server.credentials = {.username = "admin",
                        .password = Redacted<std::string>("secret"),
                        .grafana_org_id = "7"};
  const auto none = Ask(server);
  ASSERT_FALSE(none.ok());
  EXPECT_EQ(none.error().kind, ErrorKind::kNotFound);
  const std::string request = grafana.requests().at(0);
  EXPECT_NE(request.find("X-Grafana-Org-Id: 7\r\n"), std::string::npos);
  // base64 of "admin:secret"
  EXPECT_NE(request.find("Authorization: Basic YWRtaW46c2VjcmV0\r\n"),
            std::string::npos);
}

}  // namespace
}  // namespace pmcp
