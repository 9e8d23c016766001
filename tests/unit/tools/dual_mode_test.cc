// A server in its default mode reads with two paths and splits each question
// where its new storage begins. Every tool answers through it as from the
// folder with the same profiles.
#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <regex>
#include <string>
#include <utility>
#include <vector>

#include "http/client/curl_http_client.h"
#include "pyroscope/pyroscope_source.h"
#include "store/directory_source.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_pyroscope.h"
#include "tests/support/tools_over.h"

namespace pmcp::tools {
namespace {

using nlohmann::json;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using test::FakePyroscope;
using test::FakePyroscopeOptions;
using test::ServerMode;
using testing::HasSubstr;
using testing::Not;

/// The oldest of the profiles in the examples, where the new storage begins.
const TimePointMs kOldest = test::At("2026-11-23T09:00:00Z");
/// After the newest of them.
const TimePointMs kEnd = test::At("2026-11-23T09:02:00Z");

class DualMode : public testing::Test {
 protected:
  DualMode()
      : folder_({.folder = PMCP_SOURCE_DIR "/examples/profiles",
                 .rules = store::IngestRules::kAsPushed},
                clock_),
        local_(std::make_unique<store::DirectorySource>(
                   store::DirectoryOptions{
                       .folder = PMCP_SOURCE_DIR "/examples/profiles",
                       .rules = store::IngestRules::kAsPushed},
                   clock_),
               clock_) {}

  void Serve(FakePyroscopeOptions options = {}) {
    remote_.reset();  // its connections keep a server from stopping
    options.mode = ServerMode::kDual;
    options.new_since = kOldest;
    options.clock = &clock_;
    server_ = std::make_unique<FakePyroscope>(folder_, std::move(options));
    remote_ = std::make_unique<test::ToolsOver>(
        std::make_unique<pyroscope::PyroscopeSource>(
            pyroscope::PyroscopeOptions{.url = server_->url()},
            std::make_unique<http::CurlHttpClient>(http::CurlOptions{}),
            clock_),
        clock_);
  }

  static std::string WithoutServerNotes(const std::string& text) {
    static const std::regex kNotes(
        R"(Note: [^\n]*(?:max_query_lookback|old storage)[^\n]*\n)");
    std::string rest = std::regex_replace(text, kNotes, "");
    while (rest.ends_with("\n\n")) rest.pop_back();
    return rest;
  }

  /// Both answers, from the folder and through the server.
  void ExpectSame(const std::string& tool, json arguments, TimePointMs from,
                  TimePointMs to = kEnd) {
    arguments["from"] = FormatTime(from);
    arguments["to"] = FormatTime(to);
    const auto expected = local_.Call(tool, arguments);
    const auto answer = remote_->Call(tool, arguments);
    ASSERT_FALSE(expected.error) << expected.text;
    EXPECT_EQ(WithoutServerNotes(answer.text),
              WithoutServerNotes(expected.text))
        << tool << " " << arguments.dump();
  }

  test::FakeClock clock_{test::At("2026-11-23T12:00:00Z")};
  const store::DirectorySource folder_;
  const test::ToolsOver local_;
  std::unique_ptr<FakePyroscope> server_;
  std::unique_ptr<test::ToolsOver> remote_;
};

/// All tools that have a window.
const std::vector<const char*> kTools = {
    "list_profile_types", "list_labels",  "query_flamegraph",
    "top_series",         "query_series", "profile_exemplars",
    "span_exemplars",     "export_pprof"};

TEST_F(DualMode, AWindowMayBeginAtTheOldestProfile) {
  Serve();
  for (const int after : {-1, 0, 1}) {
    for (const char* tool : kTools) {
      const json shop = {{"service", "shop"}};
      ExpectSame(tool, shop, kOldest + milliseconds(after));
    }
  }
}

TEST_F(DualMode, EmptyAnswersAreExplained) {
  Serve();
  for (const char* tool : kTools) {
    const auto answer = remote_->Call(tool, {{"service", "shopp"},
                                             {"from", FormatTime(kOldest)},
                                             {"to", FormatTime(kEnd)}});
    EXPECT_FALSE(answer.error) << tool << answer.text;
    EXPECT_THAT(answer.text, HasSubstr("Did you mean \"shop\"?")) << tool;
  }
}

TEST_F(DualMode, SeriesOfLongWindowsLoseNothing) {
  Serve({.max_query_length = hours(24)});
  for (const int hours_before : {1, 23, 24, 25, 30, 36, 40, 47, 60, 72, 100}) {
    for (const char* tool : {"top_series", "query_series", "query_flamegraph",
                             "list_labels", "list_profile_types"}) {
      const json all = json::object();
      ExpectSame(tool, all, kOldest - hours(hours_before) + minutes(7));
      ExpectSame(tool, all, kOldest - hours(hours_before),
                 kEnd + hours(hours_before) + minutes(11));
    }
    ExpectSame("query_series", {{"step", "7h"}, {"group_by", {"pod"}}},
               kOldest - hours(hours_before), kEnd + hours(3));
  }
}

TEST_F(DualMode, AllToolsTakeWindowsOfTheSameLength) {
  Serve({.max_query_length = hours(24)});
  for (const char* tool : {"top_series", "query_series", "query_flamegraph"}) {
    for (const int days : {16, 30, 63, 64}) {
      ExpectSame(tool, {{"service", "shop"}}, kEnd - hours(24 * days));
    }
    const auto answer =
        remote_->Call(tool, {{"from", FormatTime(kEnd - hours(24 * 66))},
                             {"to", FormatTime(kEnd)}});
    ASSERT_TRUE(answer.error) << tool;
    EXPECT_THAT(answer.text, HasSubstr("the server answers 24 h at once"));
    EXPECT_THAT(answer.text, HasSubstr("Ask for at most 1536 h."));
  }
}

TEST_F(DualMode, ExemplarsBeginWhereTheNewStorageBegins) {
  Serve();
  for (const char* tool : {"span_exemplars", "profile_exemplars"}) {
    for (const auto before : {minutes(1), minutes(60), minutes(24 * 60)}) {
      const TimePointMs from = kOldest - before + milliseconds(333);
      ExpectSame(tool, {{"service", "shop"}}, from);
      const auto answer = remote_->Call(
          tool, {{"from", FormatTime(from)}, {"to", FormatTime(kEnd)}});
      EXPECT_THAT(answer.text,
                  HasSubstr("The answer begins at 2026-11-23T09:00:00Z: this "
                            "server has older profiles, if any, in its old "
                            "storage (v1)"))
          << tool;
    }
  }
}

TEST_F(DualMode, ProfilesAreFoundByIdInAWindowOfBothPaths) {
  Serve();
  const json window = {{"service", "shop"},
                       {"from", FormatTime(kOldest - hours(1))},
                       {"to", FormatTime(kEnd)},
                       {"format", "json"}};
  const json found =
      json::parse(remote_->Call("profile_exemplars", window).text);
  for (const json& exemplar : found.at("exemplars")) {
    json one = window;
    one["profile_ids"] = {exemplar.at("profileId")};
    const auto answer = remote_->Call("query_flamegraph", one);
    ASSERT_FALSE(answer.error) << answer.text;
    EXPECT_EQ(json::parse(answer.text).at("total"), exemplar.at("value"));
  }
}

TEST_F(DualMode, InTheFirstHourTheReasonsAreTrue) {
  clock_.Advance(-minutes(150));
  Serve();
  const auto late = remote_->Call("query_flamegraph",
                                  {{"service", "shop"}, {"from", "now-1s"}});
  EXPECT_THAT(late.text, HasSubstr("2026-11-23T09:01:55.371Z"));
  EXPECT_THAT(late.text, Not(HasSubstr("there is no label")));
  const auto early =
      remote_->Call("query_flamegraph", {{"service", "shop"},
                                         {"from", "2026-11-23T08:00:00Z"},
                                         {"to", "2026-11-23T08:30:00Z"}});
  EXPECT_THAT(early.text, Not(HasSubstr("Did you mean")));
  const auto empty = remote_->Call(
      "top_series",
      {{"from", "2026-11-23T08:00:00Z"}, {"to", "2026-11-23T08:30:00Z"}});
  EXPECT_THAT(empty.text, Not(HasSubstr("matcher")));
  const auto overview = remote_->Call("overview", json::object());
  EXPECT_THAT(overview.text, HasSubstr("2026-11-23T09:01:55.371Z"));
}

TEST_F(DualMode, WithoutStatisticsAWideWindowIsLookedAt) {
  Serve({.has_stats = false});
  const auto answer = remote_->Call("query_flamegraph",
                                    {{"service", "shop"}, {"from", "now-1s"}});
  EXPECT_THAT(answer.text, Not(HasSubstr("there is no label")));
  EXPECT_THAT(answer.text, Not(HasSubstr("Did you mean")));
  const auto misspelt = remote_->Call(
      "query_flamegraph", {{"service", "shopp"}, {"from", "now-1s"}});
  EXPECT_THAT(misspelt.text, HasSubstr("Did you mean \"shop\"?"));
}

}  // namespace
}  // namespace pmcp::tools
