// What holds for all profiles that are merged, asked of many random ones.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "profile/merge/pprof_merge.h"
#include "tests/support/profile_builder.h"
#include "tests/support/profile_text.h"
#include "tests/support/random.h"

namespace pmcp::profile {
namespace {

using test::FullText;
using test::ProfileBuilder;
using test::SplitMix64;

// Frames that recur, some with an inlined function.
constexpr std::string_view kFrames[] = {"main", "a", "b", "a>b", "other", ""};
const ProfileType kCpu = {"process_cpu", "cpu", "nanoseconds", "cpu",
                          "nanoseconds"};
constexpr int kRounds = 100;

Profile RandomProfile(SplitMix64& random) {
  ProfileBuilder builder;
  for (std::size_t samples = random.Below(12); samples > 0; --samples) {
    std::string stack;
    for (std::size_t depth = random.Below(6); depth > 0; --depth) {
      if (!stack.empty()) stack += ";";
      stack += kFrames[random.Below(std::size(kFrames))];
    }
    builder.Sample(stack, static_cast<std::int64_t>(1 + random.Below(50)));
  }
  Profile& p = builder.profile();
  // Lines, files and mappings that are alike in some profiles only.
  for (Line& line : p.lines) line.line = random.OneIn(4) ? 1 : 2;
  for (Function& f : p.functions) f.start_line = random.OneIn(4) ? 1 : 2;
  for (std::uint64_t i = 0; i < 2; ++i) p.mappings.push_back({.id = i + 1});
  p.mappings[1].filename = p.strings.Intern("/bin/app");
  for (Location& l : p.locations) l.mapping = random.OneIn(4) ? 0 : 1;
  return builder.Build();
}

std::vector<Profile> RandomProfiles(SplitMix64& random) {
  std::vector<Profile> profiles;
  for (std::size_t i = random.Below(5); i > 0; --i) {
    profiles.push_back(RandomProfile(random));
  }
  return profiles;
}

void AddAll(PprofMerge& merge, const Profile& profile) {
  std::vector<SamplePick> picks;
  for (std::uint32_t sample = 0; sample < profile.samples.size(); ++sample) {
    picks.push_back({sample, profile.samples.values(sample)[0]});
  }
  merge.Add(profile, picks);
}

Profile MergeAll(const std::vector<Profile>& profiles,
                 std::int64_t max_nodes = 0) {
  PprofMerge merge(kCpu, {}, std::nullopt, max_nodes);
  for (const Profile& profile : profiles) AddAll(merge, profile);
  return std::move(merge).Finish();
}

/// Of the samples that have a stack.
std::int64_t TotalOf(const Profile& profile) {
  std::int64_t total = 0;
  for (std::size_t sample = 0; sample < profile.samples.size(); ++sample) {
    if (profile.samples.locations(sample).empty()) continue;
    total += profile.samples.values(sample)[0];
  }
  return total;
}

TEST(PprofMergeProperty, AnyOrderGivesTheSame) {
  SplitMix64 random(1);
  for (int i = 0; i < kRounds; ++i) {
    std::vector<Profile> profiles = RandomProfiles(random);
    const std::string text = FullText(MergeAll(profiles));
    std::ranges::reverse(profiles);
    EXPECT_EQ(FullText(MergeAll(profiles)), text);
  }
}

TEST(PprofMergeProperty, InPartsOrAtOnceIsTheSame) {
  SplitMix64 random(2);
  for (int i = 0; i < kRounds; ++i) {
    const std::vector<Profile> first = RandomProfiles(random);
    const std::vector<Profile> second = RandomProfiles(random);
    PprofMerge at_once(kCpu, {});
    for (const Profile& profile : first) AddAll(at_once, profile);
    for (const Profile& profile : second) AddAll(at_once, profile);
    PprofMerge in_parts(kCpu, {});
    AddAll(in_parts, MergeAll(first));
    AddAll(in_parts, MergeAll(second));
    EXPECT_EQ(FullText(std::move(in_parts).Finish()),
              FullText(std::move(at_once).Finish()));
  }
}

TEST(PprofMergeProperty, TotalsAreSums) {
  SplitMix64 random(3);
  for (int i = 0; i < kRounds; ++i) {
    const std::vector<Profile> profiles = RandomProfiles(random);
    std::int64_t sum = 0;
    for (const Profile& profile : profiles) sum += TotalOf(profile);
    EXPECT_EQ(TotalOf(MergeAll(profiles)), sum);
    EXPECT_EQ(TotalOf(MergeAll(profiles, 1 + i % 10)), sum);
  }
}

TEST(PprofMergeProperty, EveryStackComesOnce) {
  SplitMix64 random(4);
  for (int i = 0; i < kRounds; ++i) {
    const Profile merged =
        MergeAll(RandomProfiles(random), static_cast<std::int64_t>(i % 10));
    std::vector<std::vector<std::uint32_t>> stacks;
    for (std::size_t sample = 0; sample < merged.samples.size(); ++sample) {
      const auto stack = merged.samples.locations(sample);
      stacks.emplace_back(stack.begin(), stack.end());
    }
    std::ranges::sort(stacks);
    EXPECT_EQ(std::ranges::adjacent_find(stacks), stacks.end());
  }
}

TEST(PprofMergeProperty, TruncationAddsNoSample) {
  SplitMix64 random(5);
  for (int i = 0; i < kRounds; ++i) {
    const std::vector<Profile> profiles = RandomProfiles(random);
    const std::size_t whole = MergeAll(profiles).samples.size();
    for (const std::int64_t max_nodes : {1, 2, 5, 10, 100}) {
      EXPECT_LE(MergeAll(profiles, max_nodes).samples.size(), whole);
    }
  }
}

}  // namespace
}  // namespace pmcp::profile
