#include "profile/stacks/stack_samples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/profile_builder.h"

namespace pmcp::profile {
namespace {

using test::ProfileBuilder;
using testing::ElementsAre;

/// The names of the frames of a sample, leaf first.
std::vector<std::string> FramesOf(const StackSamples& samples,
                                  std::size_t sample) {
  std::vector<std::string> names;
  samples.WithStacks([&](const auto& stacks) {
    for (const auto location : stacks.LocationsOf(sample)) {
      for (const StringId name : stacks.FramesOf(location)) {
        names.emplace_back(samples.names()[name]);
      }
    }
  });
  return names;
}

/// One sample for each of so many functions.
Profile WithFunctions(std::size_t count) {
  ProfileBuilder builder;
  for (std::size_t i = 0; i < count; ++i) {
    builder.Sample("f" + std::to_string(i), 1);
  }
  return builder.Build();
}

TEST(StackSamples, NameTheFramesLeafFirst) {
  const StackSamples stacks(
      ProfileBuilder().Sample("main;outer>inner;leaf", 3).Build());
  EXPECT_THAT(FramesOf(stacks, 0),
              ElementsAre("leaf", "inner", "outer", "main"));
  EXPECT_EQ(stacks.value(0, 0), 3);
}

TEST(StackSamples, TakeTheSamplesOutOfAProfile) {
  Profile profile = ProfileBuilder().Sample("a;b", 1).Build();
  SharedNames names;
  const StackSamples stacks(profile, names);
  EXPECT_EQ(profile.samples.size(), 0u);
  EXPECT_EQ(profile.functions.size(), 2u);
  EXPECT_THAT(FramesOf(stacks, 0), ElementsAre("b", "a"));
}

TEST(StackSamples, ShareTheirNames) {
  SharedNames names;
  Profile first = ProfileBuilder().Sample("main;a", 1).Build();
  Profile second = ProfileBuilder().Sample("main;b", 1).Build();
  const StackSamples one(first, names);
  const StackSamples two(second, names);
  EXPECT_EQ(&one.names(), &two.names());
  EXPECT_EQ(one.names().size(), 3u);
  EXPECT_THAT(FramesOf(one, 0), ElementsAre("a", "main"));
  EXPECT_THAT(FramesOf(two, 0), ElementsAre("b", "main"));
}

TEST(StackSamples, StayWhatTheyAreWhereTheyAreMovedTo) {
  for (const std::size_t functions : {2, 0x1'0001}) {
    StackSamples stacks(WithFunctions(functions));
    const StackSamples moved = std::move(stacks);
    EXPECT_THAT(FramesOf(moved, 1), ElementsAre("f1"));
    EXPECT_EQ(moved.value(1, 0), 1);
  }
}

TEST(StackSamples, TakeNoMoreMemoryThanTheyNeed) {
  Profile profile = ProfileBuilder().Sample("a;b", 1).Build();
  const std::size_t least =
      StackSamples(ProfileBuilder().Sample("a;b", 1).Build()).memory_bytes();
  profile.samples.Reserve(1000, 100'000, 1000);
  const StackSamples stacks(std::move(profile));
  EXPECT_EQ(stacks.memory_bytes(), least);
  EXPECT_THAT(FramesOf(stacks, 0), ElementsAre("b", "a"));
}

/// How many bytes the numbers of locations have.
std::size_t WidthOf(const StackSamples& samples) {
  return samples.WithStacks(
      [](const auto& stacks) { return sizeof(stacks.locations[0]); });
}

TEST(StackSamples, HaveShortNumbersWhileThoseAreEnough) {
  const StackSamples few(WithFunctions(0xFFFE));
  EXPECT_EQ(WidthOf(few), 2u);
  EXPECT_THAT(FramesOf(few, 0xFFFD), ElementsAre("f65533"));
  const StackSamples many(WithFunctions(0x1'0001));
  EXPECT_EQ(WidthOf(many), 4u);
  EXPECT_THAT(FramesOf(many, 0x1'0000), ElementsAre("f65536"));
}

// In columns that are no wider than the largest needs.
TEST(StackSamples, KeepValuesOfEverySize) {
  constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  const std::vector<std::vector<std::int64_t>> columns = {{},
                                                          {0},
                                                          {1, 0xffff},
                                                          {0x1'0000, 2, 0},
                                                          {0xffffffff},
                                                          {0x1'0000'0000, 7},
                                                          {kMost, 0, 1},
                                                          {-1, 5, kLeast}};
  for (const auto& values : columns) {
    ProfileBuilder builder;
    for (const std::int64_t value : values) builder.Sample("a", value);
    const StackSamples samples(builder.Build());
    ASSERT_EQ(samples.size(), values.size());
    for (std::size_t sample = 0; sample < values.size(); ++sample) {
      EXPECT_EQ(samples.value(sample, 0), values[sample]);
    }
  }
}

TEST(StackSamples, TakeLessForSmallValues) {
  const auto bytes_with = [](std::int64_t value) {
    ProfileBuilder builder;
    for (int i = 0; i < 1000; ++i) builder.Sample("a", value);
    return StackSamples(builder.Build()).memory_bytes();
  };
  EXPECT_EQ(bytes_with(0x1'0000) - bytes_with(1), 2002u);
  EXPECT_EQ(bytes_with(0x1'0000'0000) - bytes_with(0x1'0000), 4004u);
}

TEST(StackSamples, EndRowsBeyondShortNumbers) {
  Profile profile = WithFunctions(2);
  const std::vector<std::uint32_t> deep(0x1'0000, 1);
  for (int i = 0; i < 2; ++i) {
    profile.samples.Append(deep, std::vector<std::int64_t>{1}, {});
  }
  const StackSamples samples(std::move(profile));
  EXPECT_EQ(WidthOf(samples), 2u);
  EXPECT_THAT(FramesOf(samples, 1), ElementsAre("f1"));
  EXPECT_EQ(FramesOf(samples, 2).size(), deep.size());
  EXPECT_EQ(FramesOf(samples, 3).size(), deep.size());
}

TEST(StackSamples, KeepTheLongNumbersOfALargeProfile) {
  Profile profile = WithFunctions(2);
  const std::vector<std::uint32_t> deep(300'000, 1);
  profile.samples.Append(deep, std::vector<std::int64_t>{1}, {});
  const StackSamples stacks(std::move(profile));
  EXPECT_EQ(WidthOf(stacks), 4u);
  EXPECT_EQ(FramesOf(stacks, 2).size(), deep.size());
}

// A location that the profile does not have.
TEST(StackSamples, KnowNoFrameOfNoLocation) {
  for (const std::size_t functions : {2, 0x1'0001}) {
    Profile profile = WithFunctions(functions);
    profile.samples.Append(std::vector<std::uint32_t>{kNoIndex, 1},
                           std::vector<std::int64_t>{1}, {});
    profile.samples.Append(std::vector<std::uint32_t>{kNoIndex},
                           std::vector<std::int64_t>{1}, {});
    const StackSamples stacks(std::move(profile));
    EXPECT_THAT(FramesOf(stacks, functions), ElementsAre("f1"));
    EXPECT_TRUE(stacks.HasFrame(static_cast<std::uint32_t>(functions)));
    EXPECT_FALSE(stacks.HasFrame(static_cast<std::uint32_t>(functions + 1)));
  }
}

TEST(StackSamples, TellWhichRowsHaveAFrame) {
  Profile profile = ProfileBuilder()
                        .Sample("", 1)
                        .Sample("bare", 2)
                        .Sample("bare;known", 4)
                        .Build();
  profile.locations[0].line_count = 0;  // "bare" is an address without a name
  const StackSamples stacks(std::move(profile));
  EXPECT_FALSE(stacks.HasFrame(0));
  EXPECT_FALSE(stacks.HasFrame(1));
  EXPECT_TRUE(stacks.HasFrame(2));
}

}  // namespace
}  // namespace pmcp::profile
