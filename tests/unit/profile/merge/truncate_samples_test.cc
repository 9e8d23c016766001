#include "profile/merge/truncate_samples.h"

#include <gtest/gtest.h>

#include <string>

#include "profile/merge/merge_profiles.h"
#include "profile/merge/pprof_merge.h"
#include "tests/support/profile_builder.h"
#include "tests/support/profile_text.h"

namespace pmcp::profile {
namespace {

using test::ProfileBuilder;
using test::StacksText;

Profile Merged(const Profile& profile) {
  MergedProfiles merge;
  merge.Add(profile);
  return std::move(merge).Finish();
}

std::string Truncated(const Profile& profile, std::int64_t max_nodes) {
  return StacksText(TruncateSamples(Merged(profile), max_nodes));
}

// Totals of functions: main 99, a 60, b 39, deep 20, x and y 11, leaf and z 9.
Profile Sample() {
  return ProfileBuilder()
      .Sample("main;a", 40)
      .Sample("main;a;deep;x;y", 11)
      .Sample("main;a;deep;z", 9)
      .Sample("main;b", 30)
      .Sample("main;b;leaf", 9)
      .Sample("rare", 1)
      .Build();
}

TEST(TruncateSamples, LeavesAProfileAloneThatFits) {
  const std::string whole = StacksText(Sample());
  EXPECT_EQ(Truncated(Sample(), 0), whole);
  EXPECT_EQ(Truncated(Sample(), -1), whole);
  EXPECT_EQ(Truncated(Sample(), 9), whole);
  EXPECT_EQ(Truncated(Sample(), 1'000'000), whole);
}

// "deep" has to go, so what it calls is cut; "leaf" has to go and calls
// nothing; nothing of "rare" may stay.
TEST(TruncateSamples, CutsWhatTheFirstFunctionThatHasToGoCalls) {
  EXPECT_EQ(Truncated(Sample(), 3),
            "main;a 40\n"
            "main;a;deep;other 20\n"
            "main;b 30\n"
            "main;b;leaf 9\n"
            "other 1\n");
}

TEST(TruncateSamples, PutsStacksThatBecameEqualTogether) {
  EXPECT_EQ(Truncated(Sample(), 1),
            "main;a 40\n"
            "main;a;other 20\n"
            "main;b 30\n"
            "main;b;other 9\n"
            "other 1\n");
}

TEST(TruncateSamples, PutsAllStacksOfWhichNothingStaysTogether) {
  EXPECT_EQ(Truncated(ProfileBuilder()
                          .Sample("big", 90)
                          .Sample("a;b", 5)
                          .Sample("c", 4)
                          .Build(),
                      1),
            "big 90\nother 9\n");
}

TEST(TruncateSamples, CountsInlinedFunctionsAndCutsWholeLocations) {
  // Totals: main 100, outer 100, inner 100, deep 10. "deep" is the first that
  // has to go, and its location stays.
  const Profile p = ProfileBuilder()
                        .Sample("main;outer>inner", 90)
                        .Sample("main;outer>inner;deep>er;end", 10)
                        .Build();
  EXPECT_EQ(Truncated(p, 3),
            "main;outer>inner 90\nmain;outer>inner;deep>er;other 10\n");
}

TEST(TruncateSamples, KeepsALocationOfWhichSomeFunctionsHaveToGo) {
  // "inner" has to go where "outer" may stay; they are one location.
  const Profile p = ProfileBuilder()
                        .Sample("main;outer", 90)
                        .Sample("main;outer>inner;end", 10)
                        .Build();
  EXPECT_EQ(Truncated(p, 2), "main;outer 90\nmain;outer>inner;other 10\n");
}

TEST(TruncateSamples, CutsStacksWithoutFunctions) {
  Profile p = ProfileBuilder()
                  .Sample("main;a", 90)
                  .Sample("bare", 50)
                  .Sample("main;a;b", 1)
                  .Build();
  p.locations[2].line_count = 0;
  p.locations[2].address = 0xbee;
  EXPECT_EQ(Truncated(p, 2), "main;a 90\nmain;a;b 1\nother 50\n");
}

TEST(TruncateSamples, TellsFunctionsOfOneNameApart) {
  // Together "f" has 60, but it is two functions in two files.
  Profile p =
      ProfileBuilder().Sample("f", 30).Sample("f2", 30).Sample("g", 40).Build();
  p.functions[1].name = p.functions[0].name;
  p.functions[1].filename = p.strings.Intern("other.go");
  EXPECT_EQ(Truncated(p, 1), "g 40\nother 60\n");
}

TEST(TruncateSamples, WritesOtherAsAFunctionWithoutAPlace) {
  Profile p = TruncateSamples(
      Merged(ProfileBuilder().Sample("a", 2).Sample("b", 1).Build()), 1);
  ASSERT_EQ(p.functions.size(), 2u);
  const Function& other = p.functions[1];
  EXPECT_EQ(p.strings[other.name], "other");
  EXPECT_EQ(p.strings[other.system_name], "other");
  EXPECT_EQ(other.filename, 0u);
  EXPECT_EQ(p.lines[1].line, 0);
  EXPECT_EQ(p.mappings.size(), 1u);
  EXPECT_EQ(p.locations[1].mapping, 0u);
  EXPECT_FALSE(p.strings.Find("b"));
}

TEST(PprofMerge, TruncatesToAboutSoManyNodes) {
  const Profile p = Sample();
  PprofMerge merge({"process_cpu", "cpu", "ns", "", ""}, {}, {}, 1);
  std::vector<SamplePick> picks;
  for (std::uint32_t sample = 0; sample < p.samples.size(); ++sample) {
    picks.push_back({sample, p.samples.values(sample)[0]});
  }
  merge.Add(p, picks);
  const Profile merged = std::move(merge).Finish();
  EXPECT_EQ(StacksText(merged), Truncated(p, 1));
  EXPECT_EQ(merged.strings[merged.default_sample_type], "cpu");
}

TEST(PprofMerge, ForPgoIsNotTruncated) {
  const Profile p = Sample();
  PprofMerge merge({}, {}, PgoOptions{}, 1);
  const std::vector<SamplePick> picks = {{1, 11}, {5, 1}};
  merge.Add(p, picks);
  EXPECT_EQ(StacksText(std::move(merge).Finish()),
            "main;a;deep;x;y 11\nrare 1\n");
}

}  // namespace
}  // namespace pmcp::profile
