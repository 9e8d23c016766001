#include "tools/guide/completions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "store/directory_source.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_source.h"
#include "tests/support/store_profiles.h"

namespace pmcp::tools {
namespace {

using server::NamedArguments;
using testing::ElementsAre;
using testing::IsEmpty;

/// Two sources that respond, and one whose folder does not exist.
class CompletionsTest : public testing::Test {
 protected:
  CompletionsTest() {
    auto eu = std::make_unique<test::FakeSource>();
    for (const auto& [service, version] : {std::pair{"shop", "v1"},
                                           {"shop", "v2"},
                                           {"workshop", "v9"},
                                           {"bad\x1bname", "v1"}}) {
      eu->all_series.push_back(test::MakeLabels({{"service_name", service},
                                                 {"version", version},
                                                 {"__private__", "x"}}));
    }
    eu->types.push_back({.name = "process_cpu",
                         .sample_type = "cpu",
                         .sample_unit = "nanoseconds",
                         .period_type = "cpu",
                         .period_unit = "nanoseconds"});
    auto us = std::make_unique<test::FakeSource>();
    us->all_series.push_back(
        test::MakeLabels({{"service_name", "ship"}, {"version", "v3"}}));
    std::vector<source::NamedSource> all;
    all.push_back(
        {"gone", std::make_unique<store::DirectorySource>(
                     store::DirectoryOptions{.folder = "/nonexistent/profiles"},
                     clock_)});
    all.push_back({"eu", std::move(eu)});
    all.push_back({"us", std::move(us)});
    sources_ = source::Sources(std::move(all));
  }

  std::vector<std::string> Complete(const std::string& argument,
                                    const std::string& typed,
                                    const NamedArguments& others = {}) {
    const auto complete = CompletionOf({sources_, clock_});
    const auto values =
        complete(argument, typed, others, {CallContext(), "test"});
    EXPECT_TRUE(values.ok());
    return values.ok() ? *values : std::vector<std::string>();
  }

  const test::FakeClock clock_{test::At("2026-07-28T12:00:00Z")};
  source::Sources sources_;
};

TEST_F(CompletionsTest, ServicesThatBeginComeBeforeThoseThatContain) {
  EXPECT_THAT(Complete("service", "shop"), ElementsAre("shop", "workshop"));
  EXPECT_THAT(Complete("service", "sh"),
              ElementsAre("ship", "shop", "workshop"));
  EXPECT_THAT(Complete("service", "zzz"), IsEmpty());
}

TEST_F(CompletionsTest, ASourceNarrows) {
  EXPECT_THAT(Complete("service", "sh", {{"source", "us"}}),
              ElementsAre("ship"));
}

TEST_F(CompletionsTest, NamesThatAreNotSafeAreNotOffered) {
  EXPECT_THAT(Complete("service", "bad"), IsEmpty());
}

TEST_F(CompletionsTest, OtherArguments) {
  EXPECT_THAT(Complete("source", ""), ElementsAre("eu", "gone", "us"));
  EXPECT_THAT(Complete("profile_type", "cpu"),
              ElementsAre("process_cpu:cpu:nanoseconds:cpu:nanoseconds"));
  EXPECT_THAT(Complete("since", "now-1"), ElementsAre("now-15m", "now-1h"));
  EXPECT_THAT(Complete("nothing", "n"), IsEmpty());
}

TEST_F(CompletionsTest, SelectorsAreCompletedMatcherByMatcher) {
  EXPECT_THAT(Complete("selector", "vers"), ElementsAre("version=\""));
  EXPECT_THAT(Complete("selector", ""),
              ElementsAre("service_name=\"", "version=\""));
  EXPECT_THAT(Complete("selector", "version=\"v",
                       {{"service", "shop"}, {"source", "eu"}}),
              ElementsAre("version=\"v1\"", "version=\"v2\""));
  // Matchers before the last one narrow; their values may contain commas.
  EXPECT_THAT(Complete("selector", "service_name=\"workshop\", version=\"v"),
              ElementsAre("service_name=\"workshop\", version=\"v9\""));
  EXPECT_THAT(Complete("selector", "service_name!=\"a,\\\"b\", versio"),
              ElementsAre("service_name!=\"a,\\\"b\", version=\""));
  EXPECT_THAT(Complete("selector", "service_name=, version=\"v"), IsEmpty());
}

TEST_F(CompletionsTest, ACallerWhoGoesIsObeyed) {
  std::stop_source stop;
  stop.request_stop();
  const auto complete = CompletionOf({sources_, clock_});
  const auto values = complete(
      "service", "s", {},
      {CallContext(stop.get_token(), CallContext::Deadline::max()), "test"});
  ASSERT_FALSE(values.ok());
  EXPECT_EQ(values.error().kind, ErrorKind::kCancelled);
}

TEST(Soon, EndsBeforeAPersonStopsWaiting) {
  const auto now = std::chrono::steady_clock::now();
  EXPECT_LE(Soon(CallContext()).deadline(), now + std::chrono::seconds(5));
  const auto earlier = now - std::chrono::seconds(1);
  EXPECT_EQ(Soon(CallContext({}, earlier)).deadline(), earlier);
}

}  // namespace
}  // namespace pmcp::tools
