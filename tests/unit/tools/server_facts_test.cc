// Facts that only servers have, in answers: links, the minimum step of a data
// source, and the folded part of a total.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/tool_caller.h"

namespace pmcp::tools {
namespace {

using nlohmann::json;
using testing::EndsWith;

constexpr const char* kUrl = "https://g.example/explore?x=%22";

class ServerFacts : public testing::Test {
 protected:
  ServerFacts() { caller_.source().stacks = {{{"main", "other"}, 100}}; }

  test::ToolCaller caller_;
};

/// All tools except export_pprof, which needs an export folder.
const std::vector<const char*> kTools = {
    "overview",   "list_profile_types", "list_labels",       "query_flamegraph",
    "top_series", "query_series",       "profile_exemplars", "span_exemplars"};

TEST_F(ServerFacts, EveryAnswerEndsWithLinks) {
  caller_.source().links = {{"Explore", kUrl}};
  for (const char* tool : kTools) {
    const auto answer = caller_.Call(tool, json::object());
    EXPECT_THAT(answer.text,
                EndsWith(std::string("\n\nExplore: ") + kUrl + "\n"))
        << tool;
    const json parsed = caller_.Json(tool, json::object());
    const json& about = std::string(tool) == "overview"
                            ? parsed.at("sources").at(0)
                            : parsed.at("query");
    EXPECT_EQ(about.at("links"), json({{{"name", "Explore"}, {"url", kUrl}}}))
        << tool;
  }
}

TEST_F(ServerFacts, WithoutLinksNothingIsSaidOfThem) {
  for (const char* tool : kTools) {
    EXPECT_EQ(caller_.Json(tool, json::object()).dump().find("links"),
              std::string::npos)
        << tool;
  }
}

TEST_F(ServerFacts, TheStepOfTheDataSourceIsTheDefault) {
  const json window = {{"from", "2026-07-28T10:00:00Z"},
                       {"to", "2026-07-28T10:10:00Z"}};
  EXPECT_EQ(caller_.Json("query_series", window).at("stepSeconds"), 15);
  caller_.source().min_step = std::chrono::seconds(20);
  EXPECT_EQ(caller_.Json("query_series", window).at("stepSeconds"), 20);
}

TEST_F(ServerFacts, WhatWasFoldedIsSaid) {
  EXPECT_EQ(caller_.Json("query_flamegraph", json::object()).at("other"), 0);
  caller_.source().folded = 7;
  EXPECT_EQ(caller_.Json("query_flamegraph", json::object()).at("other"), 7);
}

}  // namespace
}  // namespace pmcp::tools
