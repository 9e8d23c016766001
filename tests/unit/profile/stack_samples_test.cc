#include "profile/stack_samples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/support/profile_builder.h"

namespace pmcp::profile {
namespace {

using test::ProfileBuilder;
using testing::ElementsAre;

/// The names of the frames of a row, leaf first.
std::vector<std::string> FramesOf(const StackSamples& stacks, std::size_t row) {
  std::vector<std::string> names;
  for (const std::uint32_t location : stacks.samples().locations(row)) {
    for (const StringId name : stacks.FramesOf(location)) {
      names.emplace_back(stacks.names()[name]);
    }
  }
  return names;
}

TEST(StackSamples, NameTheFramesLeafFirst) {
  const StackSamples stacks(
      ProfileBuilder().Sample("main;outer>inner;leaf", 3).Build());
  EXPECT_THAT(FramesOf(stacks, 0),
              ElementsAre("leaf", "inner", "outer", "main"));
  EXPECT_THAT(stacks.samples().values(0), ElementsAre(3));
}

TEST(StackSamples, LeaveLabelsBehind) {
  const StackSamples stacks(
      ProfileBuilder().Sample("a", {1}, {{"k", "v"}}).Sample("b", 2).Build());
  ASSERT_EQ(stacks.samples().size(), 2u);
  EXPECT_TRUE(stacks.samples().labels(0).empty());
  EXPECT_TRUE(stacks.samples().labels(1).empty());
}

TEST(StackSamples, TakeTheSamplesOfAProfileThatIsGivenUp) {
  Profile profile = ProfileBuilder().Sample("a;b", 1).Build();
  const StackSamples copied(profile);
  EXPECT_EQ(profile.samples.size(), 1u);
  const StackSamples taken(std::move(profile));
  EXPECT_EQ(profile.samples.size(), 0u);
  EXPECT_EQ(FramesOf(taken, 0), FramesOf(copied, 0));
}

TEST(StackSamples, TakeNoMoreMemoryThanTheyNeed) {
  Profile profile = ProfileBuilder().Sample("a;b", 1).Build();
  const std::size_t least = StackSamples(profile).memory_bytes();
  profile.samples.Reserve(1000, 100'000, 1000);
  const StackSamples stacks(std::move(profile));
  EXPECT_EQ(stacks.memory_bytes(), least);
  EXPECT_THAT(FramesOf(stacks, 0), ElementsAre("b", "a"));
}

TEST(StackSamples, TellWhichRowsHaveAFrame) {
  Profile profile = ProfileBuilder()
                        .Sample("", 1)
                        .Sample("bare", 2)
                        .Sample("bare;known", 4)
                        .Build();
  profile.locations[0].line_count = 0;  // "bare" is an address without a name
  const StackSamples stacks(profile);
  EXPECT_FALSE(stacks.HasFrame(0));
  EXPECT_FALSE(stacks.HasFrame(1));
  EXPECT_TRUE(stacks.HasFrame(2));
}

}  // namespace
}  // namespace pmcp::profile
