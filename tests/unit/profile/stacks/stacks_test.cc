#include "profile/stacks/stacks.h"

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/collapsed.h"
#include "tests/support/dedent.h"
#include "tests/support/profile_builder.h"

namespace pmcp::profile {
namespace {

using test::Dedent;
using test::ProfileBuilder;
using test::ToText;
using testing::ElementsAre;

// All samples of a profile, with the values of its first sample type.
void AddAll(Stacks& stacks, Profile profile) {
  std::vector<SamplePick> picks;
  for (std::uint32_t sample = 0; sample < profile.samples.size(); ++sample) {
    picks.push_back({sample, profile.samples.values(sample)[0]});
  }
  stacks.Add({std::make_shared<const StackSamples>(std::move(profile)),
              std::move(picks)});
}

std::vector<std::string> Visited(const Stacks& stacks) {
  std::vector<std::string> lines;
  stacks.ForEach([&](std::span<const StringId> frames, std::int64_t value) {
    std::string line;
    for (const StringId name : frames) {
      line += fmt::format("{};", stacks.names()[name]);
    }
    lines.push_back(line + " " + std::to_string(value));
  });
  return lines;
}

TEST(Stacks, VisitFramesRootFirst) {
  Stacks stacks;
  AddAll(stacks, ProfileBuilder().Sample("main;serve;json", 3).Build());
  EXPECT_THAT(Visited(stacks), ElementsAre("main;serve;json; 3"));
  EXPECT_EQ(stacks.total(), 3);
}

TEST(Stacks, TakeInlinedFunctionsForFrames) {
  Stacks stacks;
  AddAll(stacks,
         ProfileBuilder().Sample("main;outer>mid>inner;leaf", 3).Build());
  EXPECT_THAT(Visited(stacks), ElementsAre("main;outer;mid;inner;leaf; 3"));
}

TEST(Stacks, LeaveOutWhatHasNoFrame) {
  Profile profile = ProfileBuilder()
                        .Sample("", 1)
                        .Sample("bare", 2)
                        .Sample("bare;known", 4)
                        .Build();
  profile.locations[0].line_count = 0;  // "bare" is an address without a name
  Stacks stacks;
  AddAll(stacks, std::move(profile));
  EXPECT_THAT(Visited(stacks), ElementsAre("known; 4"));
  EXPECT_EQ(stacks.total(), 4);
  EXPECT_FALSE(stacks.empty());
}

TEST(Stacks, LeaveOutReferencesToNothing) {
  Profile profile = ProfileBuilder().Sample("a;b", 1).Build();
  profile.lines[0].function = kNoIndex;
  const std::vector<std::uint32_t> locations = {0, kNoIndex, 1};
  const std::vector<std::int64_t> values = {8};
  profile.samples.Append(locations, values, {});
  Stacks stacks;
  AddAll(stacks, std::move(profile));
  // ProfileBuilder numbers locations from the root: line 0 is that of "a".
  EXPECT_THAT(Visited(stacks), ElementsAre("b; 1", "b; 8"));
}

TEST(Stacks, KeepAFunctionWithoutAName) {
  Stacks stacks;
  AddAll(stacks, ProfileBuilder().Sample("main;>x", 3).Build());
  EXPECT_THAT(Visited(stacks), ElementsAre("main;;x; 3"));
}

TEST(Stacks, CountAllPositiveValuesOfOneType) {
  ProfileBuilder builder({{"samples", "count"}, {"cpu", "nanoseconds"}});
  builder.Sample("a", {1, 10}).Sample("b", {2, 0}).Sample("c", {3, 30});
  Stacks stacks;
  stacks.Add({std::make_shared<const StackSamples>(builder.Build()), 1});
  EXPECT_THAT(Visited(stacks), ElementsAre("a; 10", "c; 30"));
  EXPECT_EQ(stacks.total(), 40);
}

TEST(Stacks, TakeLocationsOfManyFunctions) {
  std::string stack = "main";
  std::string expected = "main;";
  for (int i = 0; i < 50; ++i) {
    stack += fmt::format("{}f{}", i % 10 == 0 ? ";" : ">", i);
    expected += fmt::format("f{};", i);
  }
  Stacks stacks;
  AddAll(stacks, ProfileBuilder().Sample(stack, 3).Sample("a", 1).Build());
  EXPECT_THAT(Visited(stacks), ElementsAre(expected + " 3", "a; 1"));
}

TEST(Stacks, AreVisitedInPartsAsOften) {
  Stacks stacks;
  for (int i = 1; i <= 5; ++i) {
    ProfileBuilder builder;
    for (int j = 0; j < i; ++j) builder.Sample("main", 1);
    AddAll(stacks, builder.Build());
  }
  stacks.AddTree(test::TreeFromCollapsed("main;a 16\nmain;b 32\n"));
  for (const std::size_t parts : {1u, 2u, 3u, 7u, 40u}) {
    std::int64_t sum = 0;
    for (std::size_t part = 0; part < parts; ++part) {
      const auto add = [&](auto, std::int64_t value) { sum += value; };
      ASSERT_TRUE(
          stacks.ForEachLeafFirst(part, parts, add, CallContext()).ok());
    }
    EXPECT_EQ(sum, 63) << parts;
  }
}

TEST(Stacks, CountOnlyWhatWasPicked) {
  auto samples = std::make_shared<const StackSamples>(
      ProfileBuilder().Sample("a", 1).Sample("b", 2).Sample("c", 3).Build());
  Stacks stacks;
  stacks.Add({samples, {{2, 30}, {0, 10}}});
  EXPECT_THAT(Visited(stacks), ElementsAre("c; 30", "a; 10"));
  EXPECT_EQ(stacks.total(), 40);
}

TEST(Stacks, MergeProfilesAndTreesByName) {
  Stacks stacks;
  AddAll(stacks,
         ProfileBuilder().Sample("main;a", 1).Sample("main", 2).Build());
  AddAll(stacks,
         ProfileBuilder().Sample("x;main", 4).Sample("main;a", 8).Build());
  stacks.AddTree(test::TreeFromCollapsed("main;a 16\nmain;b 32\n"));
  EXPECT_EQ(stacks.total(), 63);
  EXPECT_EQ(ToText(stacks.ToTree()), Dedent(R"(
      main 2 59
        a 25 25
        b 32 32
      x 0 4
        main 4 4
  )"));
}

TEST(Stacks, VisitATreeAsItsStacksCallersFirst) {
  Stacks stacks;
  stacks.AddTree(test::TreeFromCollapsed("main;a;b 1\nmain;a 2\nmain;c 4\n"));
  EXPECT_THAT(Visited(stacks),
              ElementsAre("main;a; 2", "main;a;b; 1", "main;c; 4"));
}

TEST(Stacks, AreEmptyAtFirst) {
  const Stacks stacks;
  EXPECT_TRUE(stacks.empty());
  EXPECT_EQ(stacks.total(), 0);
  EXPECT_EQ(ToText(stacks.ToTree()), "");
}

TEST(Stacks, StopWhenTheCallIsOver) {
  ProfileBuilder builder;
  for (int i = 0; i < 100'000; ++i) builder.Sample("main", 1);
  Stacks stacks;
  AddAll(stacks, builder.Build());
  std::stop_source source;
  const CallContext call(source.get_token(), CallContext::Deadline::max());
  int visited = 0;
  const auto result = stacks.ForEach(
      [&](auto, auto) {
        if (++visited == 10) source.request_stop();
      },
      call);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().kind, ErrorKind::kCancelled);
  EXPECT_LT(visited, 10'000);
}

}  // namespace
}  // namespace pmcp::profile
