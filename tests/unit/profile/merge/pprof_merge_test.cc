#include "profile/merge/pprof_merge.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "profile/pprof/pprof_decode.h"
#include "profile/pprof/pprof_encode.h"
#include "tests/support/dedent.h"
#include "tests/support/profile_builder.h"
#include "tests/support/profile_text.h"

namespace pmcp::profile {
namespace {

using std::chrono::milliseconds;
using test::Dedent;
using test::FullText;
using test::ProfileBuilder;
using test::StacksText;

constexpr TimePointMs kEnd{milliseconds(1'700'000'000'123)};
const ProfileType kCpu = {"process_cpu", "cpu", "nanoseconds", "cpu",
                          "nanoseconds"};

// All samples with their first values.
std::vector<SamplePick> AllOf(const Profile& profile) {
  std::vector<SamplePick> picks;
  for (std::uint32_t sample = 0; sample < profile.samples.size(); ++sample) {
    picks.push_back({sample, profile.samples.values(sample)[0]});
  }
  return picks;
}

Profile Merge(const std::vector<Profile>& profiles,
              std::optional<PgoOptions> pgo = std::nullopt,
              const ProfileType& type = kCpu) {
  PprofMerge merge(type, kEnd, pgo);
  for (const Profile& profile : profiles) merge.Add(profile, AllOf(profile));
  return std::move(merge).Finish();
}

// std::vector cannot be made from a list of what only moves.
template <typename... Profiles>
std::vector<Profile> List(Profiles... profiles) {
  std::vector<Profile> list;
  (list.push_back(std::move(profiles)), ...);
  return list;
}

// "main" with a file, a start line and an address in a mapping.
Profile Detailed() {
  Profile p = ProfileBuilder().Sample("main;work", 5).Build();
  p.mappings.push_back({.id = 9,
                        .memory_start = 0x1000,
                        .memory_limit = 0x9000,
                        .file_offset = 0x10,
                        .filename = p.strings.Intern("/bin/app"),
                        .build_id = p.strings.Intern("b1d"),
                        .has_functions = true});
  for (Location& location : p.locations) {
    location.mapping = 0;
    location.address = 0x2000;
  }
  p.functions[0].system_name = p.strings.Intern("_main");
  p.functions[0].filename = p.strings.Intern("main.go");
  p.functions[0].start_line = 7;
  return p;
}

TEST(PprofMerge, AddsUpEqualStacksOfDifferentProfiles) {
  const Profile merged = Merge(
      List(ProfileBuilder().Sample("main;a", 1).Sample("main", 2).Build(),
           ProfileBuilder().Sample("main", 4).Sample("main;b", 8).Build()));

  EXPECT_EQ(StacksText(merged), "main 6\nmain;a 1\nmain;b 8\n");
}

TEST(PprofMerge, CountsOnlyWhatWasPickedAndWhatFor) {
  const Profile p =
      ProfileBuilder().Sample("a", 1).Sample("b", 2).Sample("c", 3).Build();
  PprofMerge merge(kCpu, kEnd);
  const std::vector<SamplePick> picks = {{2, 30}, {0, 10}, {2, 1}};
  merge.Add(p, picks);
  EXPECT_EQ(StacksText(std::move(merge).Finish()), "a 10\nc 31\n");
}

TEST(PprofMerge, DropsStacksWithoutLocationsAndAllLabels) {
  const Profile merged = Merge(List(ProfileBuilder()
                                        .Sample("", 3)
                                        .Sample("main", {4}, {{"k", "v"}})
                                        .Sample("main", 1)
                                        .Build()));
  EXPECT_EQ(StacksText(merged), "main 5\n");
}

TEST(PprofMerge, KeepsInlinedFunctionsAndNamelessAddresses) {
  Profile p = ProfileBuilder().Sample("main;outer>inner;bare", 3).Build();
  p.locations[2].line_count = 0;
  p.locations[2].address = 0xbee;
  EXPECT_EQ(StacksText(Merge(List(std::move(p)))), "main;outer>inner; 3\n");
}

TEST(PprofMerge, SaysOfWhatTypeItIs) {
  EXPECT_EQ(FullText(Merge(List(Detailed()))), Dedent(R"(
      cpu/nanoseconds by default cpu, period cpu/nanoseconds 1000000000, time 1700000000123000000 for 0
      2000 in (/bin/app b1d 1000-9000+10 truefalsefalsefalse), main (_main) main.go:10:0 from 7
          2000 in (/bin/app b1d 1000-9000+10 truefalsefalsefalse), work () :11:0 from 0 5
  )"));
}

TEST(PprofMerge, GuessesThePeriodByTheNameOfTheProfile) {
  const auto period_of = [](std::string name) {
    const ProfileType type = {std::move(name), "t", "u", "p", "v"};
    return Merge({}, std::nullopt, type).period;
  };
  EXPECT_EQ(period_of("process_cpu"), 1'000'000'000);
  EXPECT_EQ(period_of("memory"), 524'288);
  EXPECT_EQ(period_of("goroutine"), 1);
}

TEST(PprofMerge, OfNothingHasAHeaderAndNoSamples) {
  const Profile merged = Merge({}, std::nullopt, {"memory", "m", "", "", ""});
  EXPECT_EQ(merged.samples.size(), 0u);
  EXPECT_EQ(merged.strings[merged.sample_types.at(0).type], "m");
  EXPECT_EQ(merged.strings[merged.sample_types.at(0).unit], "");
  EXPECT_TRUE(merged.has_period_type);
}

TEST(PprofMerge, BearsAnyEnd) {
  EXPECT_EQ(PprofMerge(kCpu, TimePointMs::max()).Finish().time_nanos,
            std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(PprofMerge(kCpu, TimePointMs::min()).Finish().time_nanos,
            std::numeric_limits<std::int64_t>::min());
}

// Each makes one difference to the second of two equal profiles.
using Change = void (*)(Profile&);
constexpr Change kDifferences[] = {
    [](Profile& p) { p.functions[0].name = p.strings.Intern("Main"); },
    [](Profile& p) { p.functions[0].system_name = 0; },
    [](Profile& p) { p.functions[0].filename = 0; },
    [](Profile& p) { p.functions[0].start_line = 8; },
    [](Profile& p) { p.lines[0].line = 99; },
    [](Profile& p) { p.locations[0].address = 0x3000; },
    [](Profile& p) { p.locations[0].mapping = kNoIndex; },
    [](Profile& p) { p.locations[0].line_count = 2; },
    [](Profile& p) { p.mappings[0].memory_limit = 0xa000; },
    [](Profile& p) { p.mappings[0].file_offset = 0; },
    [](Profile& p) { p.mappings[0].filename = 0; },
    [](Profile& p) { p.mappings[0].build_id = 0; },
    [](Profile& p) { p.mappings[0].has_functions = false; },
};

TEST(PprofMerge, KeepsApartWhatDiffersInAnyWay) {
  for (std::size_t i = 0; i < std::size(kDifferences); ++i) {
    Profile other = Detailed();
    kDifferences[i](other);
    EXPECT_EQ(Merge(List(Detailed(), std::move(other))).samples.size(), 2u)
        << "difference " << i;
  }
}

// Ids, the order of tables, columns of lines: none of these counts.
TEST(PprofMerge, DoesNotCompareIds) {
  Profile other = Detailed();
  other.mappings[0].id = 77;
  for (Function& function : other.functions) function.id += 1000;
  for (Location& location : other.locations) location.id += 5;
  other.lines[0].column = 3;
  const Profile merged = Merge(List(Detailed(), std::move(other)));
  EXPECT_EQ(merged.samples.size(), 1u);
  EXPECT_EQ(merged.samples.values(0)[0], 10);
  EXPECT_EQ(merged.functions.size(), 2u);
  EXPECT_EQ(merged.locations.size(), 2u);
  EXPECT_EQ(merged.mappings.size(), 1u);
}

TEST(PprofMerge, LeavesOutWhatNoSampleRefersTo) {
  const Profile p =
      ProfileBuilder().Sample("main;used", 1).Sample("gone", 2).Build();
  PprofMerge merge(kCpu, kEnd);
  const std::vector<SamplePick> picks = {{0, 1}};
  merge.Add(p, picks);
  Profile merged = std::move(merge).Finish();
  EXPECT_EQ(merged.functions.size(), 2u);
  EXPECT_EQ(merged.locations.size(), 2u);
  EXPECT_FALSE(merged.strings.Find("gone"));
}

TEST(PprofMerge, GivesALocationWithoutAMappingOneThatSaysNothing) {
  const Profile merged =
      Merge(List(ProfileBuilder().Sample("main;a", 1).Build()));
  ASSERT_EQ(merged.mappings.size(), 1u);
  EXPECT_EQ(merged.mappings[0], Mapping{.id = 1});
  EXPECT_EQ(merged.locations[0].mapping, 0u);
}

TEST(PprofMerge, LeavesOutReferencesToNothing) {
  Profile p = ProfileBuilder().Sample("a;b", 1).Build();
  p.lines[0].function = kNoIndex;
  const std::vector<std::uint32_t> locations = {kNoIndex, 1, kNoIndex};
  const std::vector<std::uint32_t> none = {kNoIndex};
  const std::vector<std::int64_t> value = {8};
  p.samples.Append(locations, value, {});
  p.samples.Append(none, value, {});
  EXPECT_EQ(StacksText(Merge(List(std::move(p)))), ";b 1\nb 8\n");
}

TEST(PprofMerge, NumbersFromOneAndCanBeWritten) {
  const Profile merged = Merge(List(Detailed(), Detailed()));
  const auto read = DecodePprof(EncodePprof(merged));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->functions[0].id, 1u);
  EXPECT_EQ(read->locations[0].id, 1u);
  EXPECT_EQ(read->mappings[0].id, 1u);
  EXPECT_EQ(FullText(*read), FullText(merged));
}

TEST(PprofMerge, ForPgoKeepsTheLocationsAtTheLeaf) {
  const auto merge = [](std::uint32_t keep) {
    return StacksText(Merge(List(ProfileBuilder()
                                     .Sample("main;a;b;c", 1)
                                     .Sample("x;b;c", 2)
                                     .Sample("c", 4)
                                     .Build()),
                            PgoOptions{.keep_locations = keep}));
  };
  EXPECT_EQ(merge(0), "c 4\nmain;a;b;c 1\nx;b;c 2\n");
  EXPECT_EQ(merge(3), "a;b;c 1\nc 4\nx;b;c 2\n");
  EXPECT_EQ(merge(2), "b;c 3\nc 4\n");
  EXPECT_EQ(merge(1), "c 7\n");
}

// "work" at two lines, called by "main" at one; "work>inner" is a location
// whose leaf is "inner".
TEST(PprofMerge, ForPgoForgetsTheLineOfTheLeaf) {
  Profile p = ProfileBuilder()
                  .Sample("main;work", 1)
                  .Sample("main;work>", 2)
                  .Sample("main;work>inner", 4)
                  .Build();
  p.locations[2] = p.locations[1];  // of the second sample
  p.locations[2].first_line = static_cast<std::uint32_t>(p.lines.size());
  p.lines.push_back(p.lines[p.locations[1].first_line]);
  p.lines.back().line += 1;
  const std::vector<Profile> list = List(std::move(p));
  EXPECT_EQ(Merge(list, PgoOptions{}).samples.size(), 3u);
  const Profile merged = Merge(list, PgoOptions{.aggregate_callees = true});
  EXPECT_EQ(FullText(merged), Dedent(R"(
      cpu/nanoseconds by default cpu, period cpu/nanoseconds 1000000000, time 1700000000123000000 for 0
      0 in (  0-0+0 falsefalsefalsefalse), main () :10:0 from 0
          0 in (  0-0+0 falsefalsefalsefalse), inner () :0:0 from 0, work () :13:0 from 0 4
      0 in (  0-0+0 falsefalsefalsefalse), main () :10:0 from 0
          0 in (  0-0+0 falsefalsefalsefalse), work () :0:0 from 0 3
  )"));
}

// As on the server, which changes the location itself.
TEST(PprofMerge, ForPgoForgetsTheLineOfALeafWhereItCallsToo) {
  const Profile merged =
      Merge(List(ProfileBuilder().Sample("main;walk;walk", 1).Build()),
            PgoOptions{.aggregate_callees = true});
  ASSERT_EQ(merged.locations.size(), 2u);
  EXPECT_EQ(merged.lines[merged.locations[0].first_line].line, 0);
  EXPECT_EQ(StacksText(merged), "main;walk;walk 1\n");
}

TEST(PprofMerge, ForPgoBearsALeafWithoutLines) {
  Profile p = ProfileBuilder().Sample("main;bare", 3).Build();
  p.locations[1].line_count = 0;
  EXPECT_EQ(StacksText(Merge(List(std::move(p)),
                             PgoOptions{.aggregate_callees = true})),
            "main; 3\n");
}

}  // namespace
}  // namespace pmcp::profile
