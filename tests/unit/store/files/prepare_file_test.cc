#include "store/files/prepare_file.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "store/files/file_labels.h"
#include "store/files/prune_frames.h"
#include "tests/support/profile_builder.h"

namespace pmcp::store {
namespace {

using profile::Profile;
using test::ProfileBuilder;

/// One sample a line: frames from the leaf, values, labels.
std::string ToText(const Profile& profile) {
  std::string text;
  for (std::size_t i = 0; i < profile.samples.size(); ++i) {
    for (const std::uint32_t location : profile.samples.locations(i)) {
      for (const auto& line : profile.LinesOf(profile.locations[location])) {
        text += fmt::format(
            "{};", profile.strings[profile.functions[line.function].name]);
      }
    }
    for (const std::int64_t value : profile.samples.values(i)) {
      text += fmt::format(" {}", value);
    }
    for (const auto& label : profile.samples.labels(i)) {
      text += fmt::format(" {}={}", profile.strings[label.key],
                          profile.strings[label.str]);
    }
    text += "\n";
  }
  return text;
}

struct Prepared {
  std::string text;
  std::vector<std::string> remarks;
};

Prepared Prepare(Profile profile) {
  Prepared prepared;
  const auto done = PrepareFile(profile, prepared.remarks);
  prepared.text = done.ok() ? ToText(profile) : done.error().message;
  return prepared;
}

/// A mapping that all locations without a line are in.
void MapInto(Profile& profile, std::string_view file) {
  profile.mappings.push_back(
      {.id = 1, .filename = profile.strings.Append(file)});
  for (auto& location : profile.locations) location.mapping = 0;
}

TEST(PrepareFile, NamesFramesByTheirMapping) {
  ProfileBuilder builder;
  builder.Sample("handle;leaf", 8).Sample("handle", 2);
  Profile& profile = builder.profile();
  MapInto(profile, "/opt/bin/engine");
  // "leaf" has an address and no name.
  profile.locations[1].line_count = 0;
  profile.locations[1].address = 0x401100;
  EXPECT_EQ(Prepare(builder.Build()).text, "[engine];handle; 8\nhandle; 2\n");
}

TEST(PrepareFile, NamesFramesWithoutAMappingUnknown) {
  ProfileBuilder builder;
  builder.Sample("main;leaf", 8);
  Profile& profile = builder.profile();
  profile.functions[0].name = 0;
  profile.locations[1].line_count = 0;
  EXPECT_EQ(Prepare(builder.Build()).text, "<unknown>;<unknown>; 8\n");
}

TEST(PrepareFile, TakesTheSystemNameForOneThatIsMissing) {
  ProfileBuilder builder;
  builder.Sample("main", 8);
  Profile& profile = builder.profile();
  profile.functions[0].system_name = profile.functions[0].name;
  profile.functions[0].name = 0;
  EXPECT_EQ(Prepare(builder.Build()).text, "main; 8\n");
}

TEST(PrepareFile, KeepsSamplesWithoutAStackAndNegativeOnes) {
  ProfileBuilder builder;
  builder.Sample("main", -5).Sample("", 4).Sample("main", 0);
  EXPECT_EQ(Prepare(builder.Build()).text, "main; -5\n 4\nmain; 0\n");
}

TEST(PrepareFile, RefusesWhatRefersToSomethingMissing) {
  ProfileBuilder location;
  location.Sample("main", 1);
  location.profile().samples.Append(std::vector{profile::kNoIndex},
                                    std::vector<std::int64_t>{7}, {});
  EXPECT_EQ(Prepare(location.Build()).text,
            "has a sample that refers to a location that is missing");
  ProfileBuilder function;
  function.Sample("main", 1);
  function.profile().lines[0].function = profile::kNoIndex;
  EXPECT_EQ(Prepare(function.Build()).text,
            "has a location that refers to a function that is missing");
}

Profile WithDropFrames(std::string_view drop, std::string_view keep) {
  ProfileBuilder builder;
  builder.Sample("main;work;alloc_hook;inner", 90)
      .Sample("main;keep_this_hook", 50)
      .Sample("main;work>alloc_hook>inner", 10)
      .Sample("alloc_hook;main", 5);
  Profile& profile = builder.profile();
  profile.drop_frames = profile.strings.Append(drop);
  profile.keep_frames = profile.strings.Append(keep);
  return builder.Build();
}

TEST(PrepareFile, DropsFramesOfTheProfiler) {
  EXPECT_EQ(Prepare(WithDropFrames(".*_hook", "keep_.*")).text,
            "work;main; 90\n"
            "keep_this_hook;main; 50\n"
            "work;main; 10\n"
            // Before the first frame of the user's nothing is dropped.
            "main;alloc_hook; 5\n");
}

TEST(PrepareFile, IgnoresDropFramesThatDoNotCompile) {
  EXPECT_TRUE(Prepare(WithDropFrames("(", ""))
                  .text.starts_with("inner;alloc_hook;work;main; 90\n"));
}

TEST(PrunedName, EndsAtTheArguments) {
  EXPECT_EQ(PrunedName(".foo"), "foo");
  EXPECT_EQ(PrunedName("foo(int)"), "foo");
  EXPECT_EQ(PrunedName("(anonymous namespace)::foo(int)"),
            "(anonymous namespace)::foo");
  EXPECT_EQ(PrunedName("A::operator()(int)"), "A::operator()");
}

/// Adds a label to the last sample.
void AddLabel(Profile& profile, const profile::SampleLabel& label) {
  const profile::SampleTable old =
      std::exchange(profile.samples, profile::SampleTable());
  profile.samples.SetValueCount(old.value_count());
  for (std::size_t i = 0; i < old.size(); ++i) {
    std::vector<profile::SampleLabel> labels(old.labels(i).begin(),
                                             old.labels(i).end());
    if (i + 1 == old.size()) labels.push_back(label);
    profile.samples.Append(old.locations(i), old.values(i), labels);
  }
}

TEST(PrepareFile, MakesNumericLabelsText) {
  ProfileBuilder builder;
  builder.Sample("main", 1);
  Profile& profile = builder.profile();
  AddLabel(profile, {.key = profile.strings.Append("thread_id"), .num = 42});
  AddLabel(profile, {.key = profile.strings.Append("size"),
                     .num = 4096,
                     .num_unit = profile.strings.Append("bytes")});
  EXPECT_EQ(Prepare(builder.Build()).text,
            "main; 1 size=4096 bytes thread_id=42\n");
}

TEST(PrepareFile, LeavesOutTheBlockSizesOfGo) {
  ProfileBuilder builder;
  builder.Sample("main", 1);
  AddLabel(builder.profile(),
           {.key = builder.profile().strings.Append("bytes"), .num = 48});
  const Prepared prepared = Prepare(builder.Build());
  EXPECT_EQ(prepared.text, "main; 1\n");
  EXPECT_TRUE(prepared.remarks.empty());
}

TEST(PrepareFile, UnderstandsDatadogsSpans) {
  ProfileBuilder builder;
  builder.Sample("main", {1},
                 {{"span id", "1234605616436508552"},
                  {"local root span id", "1"},
                  {"trace endpoint", "GET /cart"}});
  builder.Sample("main", {2}, {{"local root span id", "255"}});
  EXPECT_EQ(Prepare(builder.Build()).text,
            "main; 1 span_id=1122334455667788 trace_endpoint=GET /cart\n"
            "main; 2 span_id=00000000000000ff\n");
}

TEST(PrepareFile, LeavesOutLabelsWithoutAName) {
  ProfileBuilder builder;
  builder.Sample("main", {1}, {{"", "x"}, {"a", "b"}});
  const Prepared prepared = Prepare(builder.Build());
  EXPECT_EQ(prepared.text, "main; 1 a=b\n");
  EXPECT_EQ(prepared.remarks,
            std::vector<std::string>{"1 label without a name was left out"});
}

TEST(PrepareFile, KeepsAsManyLabelsAsTheLimit) {
  ProfileBuilder at_limit;
  ProfileBuilder above;
  ProfileBuilder::Labels labels;
  for (std::size_t i = 0; i < kMaxFileLabelNames; ++i) {
    labels.emplace_back(fmt::format("l{:03}", i), "x");
  }
  at_limit.Sample("main", {1}, labels);
  labels.emplace_back("l999", "x");
  above.Sample("main", {1}, labels);
  EXPECT_TRUE(Prepare(at_limit.Build()).remarks.empty());
  const Prepared prepared = Prepare(above.Build());
  EXPECT_EQ(prepared.remarks,
            std::vector<std::string>{"1 of 65 labels was left out: \"l999\""});
  EXPECT_EQ(prepared.text.find("l999"), std::string::npos);
}

TEST(PrepareFile, LeavesOutNumbersThatNameNoGroup) {
  const auto with_values = [](std::size_t count) {
    ProfileBuilder builder;
    for (std::size_t i = 0; i < count; ++i) {
      builder.Sample("main", 1);
      AddLabel(builder.profile(),
               {.key = builder.profile().strings.Append("request"),
                .num = static_cast<std::int64_t>(i) + 1});
    }
    return Prepare(builder.Build()).remarks;
  };
  EXPECT_TRUE(with_values(kMaxNumericLabelValues).empty());
  EXPECT_EQ(with_values(kMaxNumericLabelValues + 1),
            std::vector<std::string>{"the numeric label \"request\" has more "
                                     "than 1000 values and was left out"});
}

TEST(PrepareFile, CountsAreCpuTimeByTheirPeriod) {
  ProfileBuilder builder(ProfileBuilder::Types{{"samples", "count"}});
  builder.Sample("main", 1000);
  Profile& profile = builder.profile();
  profile.has_period_type = true;
  profile.period_type = {profile.strings.Append("cpu"),
                         profile.strings.Append("nanoseconds")};
  profile.period = 10'000'000;
  const Prepared prepared = Prepare(builder.Build());
  EXPECT_EQ(prepared.text, "main; 1000 10000000000\n");
  EXPECT_EQ(prepared.remarks,
            std::vector<std::string>{"counts samples; CPU time is the count "
                                     "times its period, 10.0 ms"});
}

TEST(PrepareFile, CountsStayWhereThereIsATimeOrNoPeriod) {
  ProfileBuilder with_time({{"samples", "count"}, {"cpu", "nanoseconds"}});
  with_time.Sample("main", {3, 30});
  Profile& profile = with_time.profile();
  profile.has_period_type = true;
  profile.period_type = profile.sample_types[1];
  profile.period = 10;
  EXPECT_EQ(Prepare(with_time.Build()).text, "main; 3 30\n");
  ProfileBuilder without_period(ProfileBuilder::Types{{"samples", "count"}});
  without_period.Sample("main", 3);
  EXPECT_EQ(Prepare(without_period.Build()).text, "main; 3\n");
}

}  // namespace
}  // namespace pmcp::store
