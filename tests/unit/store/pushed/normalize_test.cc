#include "store/pushed/normalize.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "tests/support/profile_builder.h"

namespace pmcp::store {
namespace {

using profile::Profile;
using test::ProfileBuilder;

/// One line per sample: its stack from the root, its values, its labels.
std::string ToText(const Profile& profile) {
  std::string text;
  for (std::size_t sample = 0; sample < profile.samples.size(); ++sample) {
    std::vector<std::string> frames;
    for (const std::uint32_t index : profile.samples.locations(sample)) {
      for (const auto& line : profile.LinesOf(profile.locations[index])) {
        const auto name = profile.functions[line.function].name;
        frames.insert(frames.begin(), std::string(profile.strings[name]));
      }
    }
    text += fmt::format("{}: {}", Join(frames, ";"),
                        fmt::join(profile.samples.values(sample), " "));
    for (const auto& label : profile.samples.labels(sample)) {
      text += fmt::format(" {}={}", profile.strings[label.key],
                          profile.strings[label.str]);
    }
    text += "\n";
  }
  return text;
}

std::string Normalized(Profile profile) {
  return ToText(Normalize(std::move(profile), ""));
}

const ProfileBuilder::Types kTwoTypes = {{"samples", "count"},
                                         {"cpu", "nanoseconds"}};

TEST(Normalize, LeavesAGoodProfileAlone) {
  EXPECT_EQ(
      Normalized(ProfileBuilder().Sample("a;b", 1).Sample("a", 2).Build()),
      "a;b: 1\na: 2\n");
}

TEST(Normalize, DropsSamplesThatSayNothing) {
  ProfileBuilder builder(kTwoTypes);
  builder.Sample("zero", {0, 0})
      .Sample("negative", {1, -5})
      .Sample("mixed", {0, 7})
      .Sample("good", {2, 20});
  EXPECT_EQ(Normalized(builder.Build()), "mixed: 0 7\ngood: 2 20\n");
}

TEST(Normalize, MayLeaveNothing) {
  EXPECT_EQ(Normalized(ProfileBuilder().Sample("zero", 0).Build()), "");
  EXPECT_EQ(Normalized(ProfileBuilder().Build()), "");
}

TEST(Normalize, KeepsSamplesWithoutAStack) {
  EXPECT_EQ(Normalized(ProfileBuilder().Sample("", 3).Build()), ": 3\n");
}

TEST(Normalize, MergesEqualStacksWithEqualLabels) {
  ProfileBuilder builder(kTwoTypes);
  builder.Sample("main;a", {1, 10}, {{"h", "x"}})
      .Sample("main;a", {2, 20})
      .Sample("main;a", {3, 30}, {{"h", "x"}})
      .Sample("main;a", {4, 40}, {{"h", "y"}})
      .Sample("main;a", {5, 50});
  EXPECT_EQ(Normalized(builder.Build()),
            "main;a: 4 40 h=x\n"
            "main;a: 7 70\n"
            "main;a: 4 40 h=y\n");
}

TEST(Normalize, LeavesEqualStacksApartWhereNoAnswerShowsIt) {
  ProfileBuilder builder;
  builder.Sample("main;a", 1).Sample("main;a", 2);
  EXPECT_EQ(Normalized(builder.Build()), "main;a: 1\nmain;a: 2\n");
}

TEST(Normalize, TheOrderOfLabelsIsNoDifference) {
  ProfileBuilder builder;
  builder.Sample("a", {1}, {{"k", "1"}, {"l", "2"}})
      .Sample("a", {2}, {{"l", "2"}, {"k", "1"}});
  EXPECT_EQ(Normalized(builder.Build()), "a: 3 k=1 l=2\n");
}

TEST(Normalize, DropsNumericLabels) {
  Profile profile =
      ProfileBuilder().Sample("a", {1}, {{"k", "1"}}).Sample("a", 2).Build();
  profile::SampleTable samples;
  samples.SetValueCount(1);
  const profile::SampleLabel bytes{.key = profile.strings.Intern("bytes"),
                                   .num = 64};
  for (std::size_t sample = 0; sample < 2; ++sample) {
    std::vector<profile::SampleLabel> labels = {bytes};
    const auto others = profile.samples.labels(sample);
    labels.insert(labels.end(), others.begin(), others.end());
    samples.Append(profile.samples.locations(sample),
                   std::as_const(profile.samples).values(sample), labels);
  }
  profile.samples = std::move(samples);
  EXPECT_EQ(Normalized(std::move(profile)), "a: 1 k=1\na: 2\n");
}

TEST(Normalize, SumsThatLeave64BitsWrapAround) {
  constexpr std::int64_t kHuge = std::int64_t{1} << 62;
  EXPECT_EQ(Normalized(
                ProfileBuilder().Sample("a", kHuge).Sample("a", kHuge).Build()),
            "a: -9223372036854775808\n");
}

// The defects of one location of "main;bad" and "main;good".
class BrokenLocation : public testing::Test {
 protected:
  BrokenLocation() {
    builder_.Sample("main;bad", 1).Sample("main;good", 2);
    Profile& profile = builder_.profile();
    profile.mappings.push_back({.id = 1, .has_functions = true});
    for (auto& location : profile.locations) {
      location.mapping = 0;
      location.address = 0x1000 + location.id;
    }
  }
  profile::Location& Bad() { return builder_.profile().locations[1]; }
  std::string Text() { return Normalized(builder_.Build()); }

  ProfileBuilder builder_;
};

TEST_F(BrokenLocation, WithoutLinesOrAddressTakesItsSamplesAlong) {
  Bad().line_count = 0;
  Bad().address = 0;
  EXPECT_EQ(Text(), "main;good: 2\n");
}

TEST_F(BrokenLocation, WithoutLinesButWithAnAddressStays) {
  Bad().line_count = 0;
  EXPECT_EQ(Text(), "main: 1\nmain;good: 2\n");
}

TEST_F(BrokenLocation, OfAnUnknownMappingTakesItsSamplesAlong) {
  Bad().mapping = profile::kUnknownMapping;
  EXPECT_EQ(Text(), "main;good: 2\n");
}

TEST_F(BrokenLocation, WithoutAMappingStays) {
  Bad().mapping = profile::kNoIndex;
  EXPECT_EQ(Text(), "main;bad: 1\nmain;good: 2\n");
}

TEST_F(BrokenLocation, OfAnUnknownFunctionTakesItsSamplesAlong) {
  builder_.profile().lines[Bad().first_line].function = profile::kNoIndex;
  EXPECT_EQ(Text(), "main;good: 2\n");
}

TEST_F(BrokenLocation, ThatIsNotThereTakesItsSamplesAlong) {
  builder_.profile().samples.Append(std::vector{profile::kNoIndex, 0u},
                                    std::vector<std::int64_t>{5}, {});
  EXPECT_EQ(Text(), "main;bad: 1\nmain;good: 2\n");
}

TEST_F(BrokenLocation, OfAProfileWithoutAnyTakesItsSamplesAlong) {
  Profile& profile = builder_.profile();
  profile.locations.clear();
  profile.lines.clear();
  profile.samples.KeepSamples({});
  profile.samples.Append(std::vector{profile::kNoIndex},
                         std::vector<std::int64_t>{7}, {});
  EXPECT_EQ(Text(), "");
}

TEST_F(BrokenLocation, AddressesAreClearedWhereFunctionsAreKnown) {
  Profile& profile = builder_.profile();
  profile.mappings[0].memory_start = 0x1000;
  profile.mappings[0].memory_limit = 0x2000;
  profile.mappings[0].file_offset = 0x10;
  profile.mappings.push_back({.id = 2, .memory_start = 0x5000});
  Bad().mapping = 1;
  const Profile normal = Normalize(builder_.Build(), "");
  EXPECT_EQ(normal.locations[0].address, 0u);
  EXPECT_EQ(normal.mappings[0].memory_start, 0u);
  EXPECT_EQ(normal.mappings[0].memory_limit, 0u);
  EXPECT_EQ(normal.mappings[0].file_offset, 0u);
  EXPECT_NE(normal.locations[1].address, 0u);
  EXPECT_EQ(normal.mappings[1].memory_start, 0x5000u);
}

TEST(Normalize, DropsGoShapesOfGoAlone) {
  const auto build = [] {
    return ProfileBuilder().Sample("f[go.shape.int];g", 1).Build();
  };
  EXPECT_EQ(ToText(Normalize(build(), "gospy")), "f;g: 1\n");
  EXPECT_EQ(ToText(Normalize(build(), "pyspy")), "f[go.shape.int];g: 1\n");
}

}  // namespace
}  // namespace pmcp::store
