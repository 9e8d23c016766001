// Facts that only Grafana has: links to pages and the minimum step of a data
// source.
#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "app/compose.h"
#include "app/product.h"
#include "base/clock.h"
#include "server/core/server.h"
#include "store/directory_source.h"
#include "tests/remote/grafana_stand_in.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_pyroscope.h"
#include "tools/tools.h"

namespace pmcp {
namespace {

using nlohmann::json;
using test::GrafanaStandIn;

const json kWindow = {{"from", "2026-11-23T09:00:00Z"},
                      {"to", "2026-11-23T09:02:00Z"},
                      {"format", "json"}};

class GrafanaFacts : public testing::Test {
 protected:
  json Ask(app::SourceConfig config, const char* tool) const {
    config.name = "server";
    app::Config all;
    all.sources = {std::move(config)};
    const source::Sources sources = app::MakeSources(all, clock_);
    const server::Server server(app::Product(),
                                tools::AllTools({sources, clock_, ""}));
    const auto answer = server.Call(tool, kWindow, CallContext());
    EXPECT_FALSE(answer.error) << answer.text;
    return json::parse(answer.text);
  }
  app::SourceConfig Behind(const GrafanaStandIn& grafana) const {
    app::SourceConfig config;
    config.kind = app::SourceKind::kGrafana;
    config.url = grafana.url();
    config.credentials.token = Redacted<std::string>(GrafanaStandIn::kToken);
    return config;
  }

  const test::FakeClock clock_{test::At("2026-11-24T12:00:00Z")};
  const store::DirectorySource folder_{
      {.folder = PMCP_SOURCE_DIR "/examples/profiles",
       .rules = store::IngestRules::kAsPushed},
      clock_};
  const test::FakePyroscope fake_{folder_, {}};
};

TEST_F(GrafanaFacts, LinksLeadToTheConfiguredPlace) {
  const GrafanaStandIn grafana(fake_.url(), {});
  const json links = Ask(Behind(grafana), "top_series").at("query").at("links");
  ASSERT_EQ(links.size(), 2u);
  for (const json& link : links) {
    const std::string url = link.at("url");
    EXPECT_TRUE(url.starts_with(grafana.url() + "/")) << url;
    EXPECT_NE(url.find("ps-1"), std::string::npos) << url;
  }
}

TEST_F(GrafanaFacts, AServerAskedDirectlyHasNoLinks) {
  app::SourceConfig config;
  config.url = fake_.url();
  EXPECT_FALSE(Ask(config, "top_series").at("query").contains("links"));
}

TEST_F(GrafanaFacts, OverviewTellsOfEverySourceAlsoOfOneThatIsDown) {
  const GrafanaStandIn grafana(fake_.url(), {});
  app::Config all;
  all.sources = {Behind(grafana), {}, {}};
  all.sources[0].name = "behind";
  all.sources[1].name = "direct";
  all.sources[1].url = fake_.url();
  all.sources[2].name = "down";
  all.sources[2].url = "http://127.0.0.1:1";
  const test::FakeClock then(test::At("2026-11-23T09:02:00Z"));
  const source::Sources sources = app::MakeSources(all, then);
  const server::Server server(app::Product(),
                              tools::AllTools({sources, then, ""}));
  const auto ask = [&](const char* format) {
    const auto answer =
        server.Call("overview", {{"format", format}}, CallContext());
    EXPECT_FALSE(answer.error) << answer.text;
    return answer.text;
  };
  const std::string text = ask("table");
  for (const std::string& line :
       {"source behind: grafana " + grafana.url() + ", version 2.2.0; covers ",
        "source direct: pyroscope " + fake_.url() + ", version 2.2.0; covers ",
        std::string("source down: pyroscope http://127.0.0.1:1; does not "
                    "answer: 127.0.0.1:1 cannot be asked"),
        std::string("\nbehind  shop"), std::string("\ndirect  storefront")}) {
    EXPECT_NE(text.find(line), std::string::npos) << line << "\n" << text;
  }
  const json parsed = json::parse(ask("json")).at("sources");
  ASSERT_EQ(parsed.size(), 3u);
  for (const std::size_t i : {0u, 1u}) {
    EXPECT_EQ(parsed[i].at("version"), "2.2.0");
    EXPECT_EQ(parsed[i].at("from"), "2026-11-23T09:00:00Z");
    EXPECT_EQ(parsed[i].at("services").size(), 2u);
    EXPECT_FALSE(parsed[i].at("services")[0].at("profileTypes").empty());
  }
  EXPECT_FALSE(parsed[2].at("answers"));
}

TEST_F(GrafanaFacts, TheStepOfTheDataSourceIsTheDefault) {
  const GrafanaStandIn grafana(fake_.url(), {.min_step = "20s"});
  EXPECT_EQ(Ask(Behind(grafana), "query_series").at("stepSeconds"), 20);
}

}  // namespace
}  // namespace pmcp
