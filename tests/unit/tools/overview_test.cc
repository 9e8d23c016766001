#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <latch>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "server/core/server.h"
#include "store/directory_source.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_source.h"
#include "tests/support/tool_caller.h"
#include "tools/tools.h"

namespace pmcp::tools {
namespace {

using nlohmann::json;
using testing::HasSubstr;

/// One source that responds and one whose folder does not exist.
class OverviewTest : public testing::Test {
 protected:
  OverviewTest() {
    auto good = std::make_unique<test::FakeSource>();
    good->covered = {
        1,
        {test::At("2026-07-28T10:00:00Z"), test::At("2026-07-28T11:00:00Z")}};
    for (const char* id : {"process_cpu:cpu:nanoseconds:cpu:nanoseconds",
                           "mutex:delay:nanoseconds:contentions:count",
                           "block:delay:nanoseconds:contentions:count"}) {
      good->all_series.push_back(profile::Labels(std::vector<profile::Label>{
          {"service_name", "shop"}, {"__profile_type__", id}}));
    }
    std::vector<source::NamedSource> all;
    all.push_back({"good", std::move(good)});
    all.push_back(
        {"gone", std::make_unique<store::DirectorySource>(
                     store::DirectoryOptions{.folder = "/nonexistent/profiles"},
                     clock_)});
    sources_ = source::Sources(std::move(all));
    server_ = std::make_unique<server::Server>(
        server::ServerInfo{.name = "test"}, AllTools({sources_, clock_}));
  }

  server::ToolResult Call(const json& arguments) const {
    return server_->Call("overview", arguments, CallContext());
  }

  const test::FakeClock clock_{test::At("2026-07-28T12:00:00Z")};
  source::Sources sources_;
  std::unique_ptr<server::Server> server_;
};

TEST_F(OverviewTest, ASourceThatFailsIsAFactAmongOthers) {
  const auto answer = Call(json::object());
  ASSERT_FALSE(answer.error.has_value());
  EXPECT_THAT(answer.text, HasSubstr("source good: fake nowhere; covers "
                                     "2026-07-28T10:00:00Z"));
  EXPECT_THAT(answer.text,
              HasSubstr("source gone: local /nonexistent/profiles; does not "
                        "answer: the folder or file of profiles"));
  EXPECT_THAT(answer.text,
              HasSubstr("good    shop     block:delay, mutex:delay, cpu"));
}

TEST_F(OverviewTest, JsonSaysTheSame) {
  const auto answer = Call({{"format", "json"}});
  const json all = json::parse(answer.text).at("sources");
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].at("answers"), true);
  EXPECT_EQ(all[0].at("services")[0].at("name"), "shop");
  EXPECT_EQ(all[0].at("services")[0].at("profileTypes").size(), 3u);
  EXPECT_EQ(all[1].at("answers"), false);
  EXPECT_THAT(all[1].at("error").get<std::string>(),
              HasSubstr("does not exist"));
}

profile::Labels SeriesOf(const std::string& service, const std::string& type) {
  return profile::Labels(std::vector<profile::Label>{
      {"service_name", service},
      {"__profile_type__", type + ":nanoseconds:cpu:nanoseconds"}});
}

TEST(OverviewOfOneSource, ServicesWithTheSameTypesShareARow) {
  test::ToolCaller caller;
  caller.source().all_series.clear();
  for (int i = 0; i < 201; ++i) {
    for (const char* type : {"process_cpu:cpu", "block:delay", "mutex:delay"}) {
      caller.source().all_series.push_back(
          SeriesOf(fmt::format("svc-{:03}", i), type));
    }
  }
  caller.source().all_series.push_back(SeriesOf("odd", "process_cpu:cpu"));
  const auto answer = caller.Call("overview", {{"limit", 500}});
  EXPECT_THAT(answer.text, HasSubstr("svc-000, svc-001, svc-002"));
  EXPECT_THAT(answer.text, HasSubstr("svc-200"));
  EXPECT_LT(answer.text.size(), 4096u);
  const auto cut = caller.Call("overview", {{"limit", 3}});
  EXPECT_THAT(cut.text, HasSubstr("199 more services; raise limit"));
}

TEST(OverviewOfOneSource, ShowsTheLastHourOfOldData) {
  test::ToolCaller caller;
  caller.source().covered = {
      1, {test::At("2026-07-20T10:00:00Z"), test::At("2026-07-20T15:30:00Z")}};
  caller.source().all_series = {SeriesOf("shop", "process_cpu:cpu")};
  caller.source().default_window = {
      {test::At("2026-07-28T11:00:00Z"), test::At("2026-07-28T12:00:00Z")}};
  EXPECT_THAT(caller.Call("overview", json::object()).text,
              HasSubstr("those of from=\"2026-07-20T14:30:00Z\", "
                        "to=\"2026-07-20T15:30:00Z\""));
  const json answer = caller.Json("overview", json::object());
  EXPECT_EQ(answer.at("sources")[0].at("window").at("from"),
            "2026-07-20T14:30:00Z");
}

/// Answers when its partner has been asked too.
class MetSource final : public test::FakeSource {
 public:
  explicit MetSource(std::latch& met) : met_(met) {}
  Result<source::Answer<source::Coverage>> Covered(
      const CallContext& call) const override {
    met_.count_down();
    for (int i = 0; i < 5000 && !met_.try_wait(); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    if (!met_.try_wait()) return NotFound("nobody else was asked");
    return FakeSource::Covered(call);
  }

 private:
  std::latch& met_;
};

TEST(OverviewOfSeveralSources, AsksThemAtOnce) {
  const test::FakeClock clock(test::At("2026-07-28T12:00:00Z"));
  std::latch met(5);
  std::vector<source::NamedSource> all;
  for (const char* name : {"a", "b", "c", "d", "e"}) {
    all.push_back({name, std::make_unique<MetSource>(met)});
  }
  const source::Sources sources(std::move(all));
  const server::Server server({.name = "test"}, AllTools({sources, clock}));
  const auto answer = server.Call("overview", json::object(), CallContext());
  EXPECT_THAT(answer.text, testing::Not(HasSubstr("does not answer")));
}

TEST_F(OverviewTest, TheOnlyOneAskedForIsTheAnswer) {
  EXPECT_EQ(Call({{"source", "gone"}}).error, ErrorKind::kNotFound);
  EXPECT_FALSE(Call({{"source", "good"}}).error.has_value());
}

}  // namespace
}  // namespace pmcp::tools
