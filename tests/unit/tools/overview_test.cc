#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "server/core/server.h"
#include "store/directory_source.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_source.h"
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

TEST_F(OverviewTest, TheOnlyOneAskedForIsTheAnswer) {
  EXPECT_EQ(Call({{"source", "gone"}}).error, ErrorKind::kNotFound);
  EXPECT_FALSE(Call({{"source", "good"}}).error.has_value());
}

}  // namespace
}  // namespace pmcp::tools
