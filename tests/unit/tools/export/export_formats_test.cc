#include "tools/export/export_formats.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/collapsed.h"
#include "tests/support/dedent.h"

namespace pmcp::tools {
namespace {

using nlohmann::json;
using profile::StackTree;
using test::Dedent;
using test::TreeFromCollapsed;

const profile::ProfileType kCpu = {"process_cpu", "cpu", "nanoseconds", "cpu",
                                   "nanoseconds"};

TEST(ToCollapsed, HasALineForEachNodeWithASelf) {
  const StackTree tree = TreeFromCollapsed(R"(
      main;serve;json 5
      main;serve 2
      main;gc 1
      main;serve;json 1
  )");
  EXPECT_EQ(ToCollapsed(tree), Dedent(R"(
      main;gc 1
      main;serve 2
      main;serve;json 6
  )"));
}

TEST(ToCollapsed, KeepsNamesFromBreakingLines) {
  StackTree tree;
  const profile::StringId frames[] = {tree.names().Intern("a;b"),
                                      tree.names().Intern("c\nd\x1b[31m")};
  tree.AddStack(frames, 3);
  const std::string text = ToCollapsed(tree);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
  EXPECT_EQ(std::count(text.begin(), text.end(), ';'), 1);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
}

TEST(ToSpeedscope, IsOneSampledProfileThatAddsUp) {
  const StackTree tree = TreeFromCollapsed(R"(
      main;serve;json 5
      main;serve 2
      main;gc "quoted" 1
  )");
  const json file = json::parse(ToSpeedscope(tree, kCpu, "shop \"v2\""));
  EXPECT_EQ(file["$schema"],
            "https://www.speedscope.app/file-format-schema.json");
  ASSERT_EQ(file["profiles"].size(), 1u);
  const json& profile = file["profiles"][0];
  EXPECT_EQ(profile["type"], "sampled");
  EXPECT_EQ(profile["unit"], "nanoseconds");
  EXPECT_EQ(profile["name"], "shop \"v2\"");
  EXPECT_EQ(profile["startValue"], 0);
  EXPECT_EQ(profile["endValue"], 8);
  ASSERT_EQ(profile["samples"].size(), profile["weights"].size());
  std::map<std::string, int> stacks;
  for (std::size_t i = 0; i < profile["samples"].size(); ++i) {
    std::string stack;
    for (const std::size_t frame : profile["samples"][i]) {
      stack += "/" + file["shared"]["frames"][frame]["name"].get<std::string>();
    }
    stacks[stack] = profile["weights"][i];
  }
  const std::map<std::string, int> expected = {
      {"/main/serve/json", 5}, {"/main/serve", 2}, {"/main/gc \"quoted\"", 1}};
  EXPECT_EQ(stacks, expected);
}

TEST(ToSpeedscope, NamesItsUnit) {
  const StackTree tree = TreeFromCollapsed("main 1");
  const auto unit_of = [&](const char* unit) {
    profile::ProfileType type = kCpu;
    type.sample_unit = unit;
    return json::parse(ToSpeedscope(tree, type, ""))["profiles"][0]["unit"]
        .get<std::string>();
  };
  EXPECT_EQ(unit_of("bytes"), "bytes");
  EXPECT_EQ(unit_of("count"), "none");
  EXPECT_EQ(unit_of("microseconds"), "microseconds");
}

}  // namespace
}  // namespace pmcp::tools
