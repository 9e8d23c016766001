#include "profile/merge/file_merge.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/profile_builder.h"
#include "tests/support/profile_text.h"

namespace pmcp::profile {
namespace {

using test::ProfileBuilder;
using test::StacksText;

const ProfileType kCpu = {"process_cpu", "cpu", "nanoseconds", "cpu",
                          "nanoseconds"};
const ProfileBuilder::Types kHeap = {{"alloc_space", "bytes"},
                                     {"inuse_space", "bytes"}};

std::vector<std::uint32_t> AllOf(const Profile& profile) {
  std::vector<std::uint32_t> samples(profile.samples.size());
  std::iota(samples.begin(), samples.end(), 0u);
  return samples;
}

template <typename... Profiles>
Profile MergeAll(const Profiles&... profiles) {
  FileMerge merge;
  (merge.Add(profiles, AllOf(profiles)), ...);
  auto merged = std::move(merge).Finish();
  EXPECT_TRUE(merged.ok());
  return *std::move(merged);
}

// A line per sample, in their order: the values and the labels.
std::string LabelsText(const Profile& profile) {
  std::string text;
  for (std::size_t i = 0; i < profile.samples.size(); ++i) {
    text += fmt::format("{}", fmt::join(profile.samples.values(i), " "));
    for (const SampleLabel& label : profile.samples.labels(i)) {
      text += fmt::format(" {}={}", profile.strings[label.key],
                          label.str != 0
                              ? std::string(profile.strings[label.str])
                              : fmt::format("{} {}", label.num,
                                            profile.strings[label.num_unit]));
    }
    text += "\n";
  }
  return text;
}

Profile WithTimes(std::int64_t time, std::int64_t duration,
                  std::int64_t period) {
  Profile p = ProfileBuilder().Sample("main", 1).Build();
  p.time_nanos = time;
  p.duration_nanos = duration;
  p.period = period;
  return p;
}

TEST(FileMerge, SumsEqualSamplesAndKeepsTheirOrder) {
  const Profile merged = MergeAll(
      ProfileBuilder(kHeap).Sample("z", {1, 2}).Sample("a", {3, 4}).Build(),
      ProfileBuilder(kHeap).Sample("z", {5, 6}).Sample("b", {7, 0}).Build());
  EXPECT_EQ(LabelsText(merged), "6 8\n3 4\n7 0\n");
  EXPECT_EQ(StacksText(merged), "a 3 4\nb 7 0\nz 6 8\n");
}

TEST(FileMerge, KeepsLabelsOfBothKindsAndSamplesApartByThem) {
  Profile p = ProfileBuilder()
                  .Sample("main", {1}, {{"tenant", "A"}, {"pod", "x"}})
                  .Sample("main", {2}, {{"pod", "x"}, {"tenant", "A"}})
                  .Sample("main", {4}, {{"tenant", "B"}})
                  .Build();
  const std::vector<SampleLabel> size = {{.key = p.strings.Intern("bytes"),
                                          .num = -4096,
                                          .num_unit = p.strings.Intern("B")}};
  const std::vector<std::uint32_t> stack(p.samples.locations(0).begin(),
                                         p.samples.locations(0).end());
  p.samples.Append(stack, std::vector<std::int64_t>{8}, size);
  EXPECT_EQ(LabelsText(MergeAll(p)),
            "3 tenant=A pod=x\n4 tenant=B\n8 bytes=-4096 B\n");
}

TEST(FileMerge, TheOrderOfValuesOfOneLabelCounts) {
  EXPECT_EQ(LabelsText(MergeAll(ProfileBuilder()
                                    .Sample("f", {1}, {{"k", "a"}, {"k", "b"}})
                                    .Sample("f", {2}, {{"k", "b"}, {"k", "a"}})
                                    .Build())),
            "1 k=a k=b\n2 k=b k=a\n");
}

TEST(FileMerge, KeepsSamplesWithoutAStack) {
  EXPECT_EQ(StacksText(MergeAll(
                ProfileBuilder().Sample("", 3).Sample("main", 4).Build())),
            " 3\nmain 4\n");
}

TEST(FileMerge, LeavesOutSamplesWithoutAValue) {
  const Profile merged = MergeAll(ProfileBuilder(kHeap)
                                      .Sample("a", {0, 0})
                                      .Sample("b", {0, 1})
                                      .Sample("c", {5, -5})
                                      .Sample("c", {-5, 5})
                                      .Build());
  EXPECT_EQ(StacksText(merged), "b 0 1\n");
}

TEST(FileMerge, TheHeaderIsThatOfOneProfile) {
  Profile p = WithTimes(1'700'000'000'123'456'789, 10'000'000'123, 10'000'000);
  p.has_period_type = true;
  p.period_type = {p.strings.Intern("cpu"), p.strings.Intern("nanoseconds")};
  p.drop_frames = p.strings.Intern("hook");
  p.keep_frames = p.strings.Intern("hook2");
  p.doc_url = p.strings.Intern("https://example.com");
  p.comments = {p.strings.Intern("built by me")};
  p.default_sample_type = p.strings.Intern("cpu");
  const Profile merged = MergeAll(p);
  EXPECT_EQ(merged.time_nanos, 1'700'000'000'123'456'789);
  EXPECT_EQ(merged.duration_nanos, 10'000'000'123);
  EXPECT_EQ(merged.period, 10'000'000);
  EXPECT_TRUE(merged.has_period_type);
  EXPECT_EQ(merged.strings[merged.period_type.type], "cpu");
  EXPECT_EQ(merged.strings[merged.period_type.unit], "nanoseconds");
  EXPECT_EQ(merged.strings[merged.drop_frames], "hook");
  EXPECT_EQ(merged.strings[merged.keep_frames], "hook2");
  EXPECT_EQ(merged.strings[merged.doc_url], "https://example.com");
  EXPECT_EQ(merged.strings[merged.default_sample_type], "cpu");
  ASSERT_EQ(merged.comments.size(), 1u);
  EXPECT_EQ(merged.strings[merged.comments[0]], "built by me");
}

TEST(FileMerge, TheHeaderOfSeveralIsPprofs) {
  Profile first = WithTimes(0, 5, 100);
  Profile second = WithTimes(900, 10, 300);
  Profile third = WithTimes(800, 20, 200);
  first.comments = {first.strings.Intern("x")};
  second.comments = {second.strings.Intern("y"), second.strings.Intern("x")};
  const Profile merged = MergeAll(first, second, third);
  EXPECT_EQ(merged.time_nanos, 800);
  EXPECT_EQ(merged.duration_nanos, 35);
  EXPECT_EQ(merged.period, 300);
  ASSERT_EQ(merged.comments.size(), 2u);
  EXPECT_EQ(merged.strings[merged.comments[0]], "x");
  EXPECT_EQ(merged.strings[merged.comments[1]], "y");
}

// A profile of a program that was loaded at `start`.
Profile LoadedAt(std::uint64_t start, std::int64_t value) {
  Profile p = ProfileBuilder().Sample("main;work", value).Build();
  p.mappings.push_back({.id = 1,
                        .memory_start = start,
                        .memory_limit = start + 0x8000,
                        .filename = p.strings.Intern("/bin/app")});
  p.mappings.push_back({.id = 2, .memory_start = 0x99, .memory_limit = 0x99});
  for (std::size_t i = 0; i < p.locations.size(); ++i) {
    p.locations[i].mapping = 0;
    p.locations[i].address = start + 0x10 * (i + 1);
  }
  p.lines[0].column = 7;
  return p;
}

TEST(FileMerge, OneBinaryAtTwoAddressesIsOneMapping) {
  const Profile merged = MergeAll(LoadedAt(0x1000, 1), LoadedAt(0x50000, 2));
  ASSERT_EQ(merged.mappings.size(), 1u);
  EXPECT_EQ(merged.mappings[0].memory_start, 0x1000u);
  ASSERT_EQ(merged.locations.size(), 2u);
  EXPECT_EQ(StacksText(merged), "main;work 3\n");
  EXPECT_EQ(merged.locations[0].address + merged.locations[1].address,
            0x1010u + 0x1020u);
  EXPECT_EQ(merged.lines[0].column + merged.lines[1].column, 7);
}

TEST(FileMerge, ALocationWithoutAMappingStaysSo) {
  EXPECT_EQ(MergeAll(ProfileBuilder().Sample("main", 1).Build())
                .locations.at(0)
                .mapping,
            kNoIndex);
}

TEST(FileMerge, KeepsTheSampleTypesThatAllHave) {
  FileMerge merge;
  const Profile two =
      ProfileBuilder(kHeap).Sample("a", {1, 2}).Sample("b", {3, 0}).Build();
  Profile three =
      ProfileBuilder(
          {{"inuse_space", "bytes"}, {"objects", "count"}, {"other", "count"}})
          .Sample("a", {10, 20, 30})
          .Build();
  merge.Add(two, AllOf(two));
  EXPECT_FALSE(merge.lacks_types());
  merge.Add(three, AllOf(three));
  EXPECT_TRUE(merge.lacks_types());
  EXPECT_EQ(merge.profiles(), 2u);
  const auto merged = std::move(merge).Finish();
  ASSERT_TRUE(merged.ok());
  ASSERT_EQ(merged->sample_types.size(), 1u);
  EXPECT_EQ(merged->strings[merged->default_sample_type], "inuse_space");
  EXPECT_EQ(StacksText(*merged), "a 12\n");
}

TEST(FileMerge, TypesInAnotherOrderLoseNothing) {
  FileMerge merge;
  const Profile one = ProfileBuilder(kHeap).Sample("a", {1, 2}).Build();
  const Profile other =
      ProfileBuilder(ProfileBuilder::Types{kHeap[1], kHeap[0]})
          .Sample("a", {20, 10})
          .Build();
  merge.Add(one, AllOf(one));
  merge.Add(other, AllOf(other));
  EXPECT_FALSE(merge.lacks_types());
  EXPECT_EQ(StacksText(*std::move(merge).Finish()), "a 11 22\n");
}

TEST(FileMerge, RefusesProfilesWithNothingInCommon) {
  FileMerge merge;
  const Profile cpu = ProfileBuilder().Sample("a", 1).Build();
  const Profile heap = ProfileBuilder(kHeap).Sample("a", {1, 2}).Build();
  merge.Add(cpu, AllOf(cpu));
  merge.Add(heap, AllOf(heap));
  merge.Add(cpu, AllOf(cpu));
  const auto merged = std::move(merge).Finish();
  ASSERT_FALSE(merged.ok());
  EXPECT_EQ(merged.error().message,
            "the profiles have no sample type in common");
}

TEST(FileMerge, OfOneTypeHasTheValuesOfThePicks) {
  const Profile p = ProfileBuilder(ProfileBuilder::Types{{"samples", "count"}})
                        .Sample("a", {1}, {{"k", "v"}})
                        .Sample("b", 2)
                        .Build();
  FileMerge merge;
  const std::vector<SamplePick> picks = {{0, 10'000'000}};
  merge.Add(p, picks, kCpu);
  merge.Add(p, picks, kCpu);
  const auto merged = std::move(merge).Finish();
  ASSERT_TRUE(merged.ok());
  ASSERT_EQ(merged->sample_types.size(), 1u);
  EXPECT_EQ(merged->strings[merged->sample_types[0].type], "cpu");
  EXPECT_EQ(merged->strings[merged->default_sample_type], "cpu");
  EXPECT_EQ(LabelsText(*merged), "20000000 k=v\n");
}

TEST(FileMerge, RefusesMoreThanItsLimit) {
  ProfileBuilder builder;
  for (int i = 0; i < 500; ++i) builder.Sample(fmt::format("f{}", i), 1);
  const Profile p = builder.Build();
  FileMerge merge(std::size_t{1} << 10);
  merge.Add(p, AllOf(p));
  const auto merged = std::move(merge).Finish();
  ASSERT_FALSE(merged.ok());
  EXPECT_EQ(merged.error().kind, ErrorKind::kTooLarge);
}

TEST(FileMerge, StopsAtItsLimitInTheMiddleOfAProfile) {
  ProfileBuilder builder;
  for (int i = 0; i < 20'000; ++i) builder.Sample(fmt::format("f{}", i), 1);
  const Profile p = builder.Build();
  FileMerge merge(std::size_t{1} << 20);
  for (int i = 0; i < 3; ++i) merge.Add(p, AllOf(p));
  EXPECT_EQ(merge.profiles(), 1u);
  const auto merged = std::move(merge).Finish();
  ASSERT_FALSE(merged.ok());
  EXPECT_EQ(merged.error().message, "the merged samples take more than 1 MiB");
}

TEST(FileMerge, OfNothingIsEmpty) {
  const auto merged = FileMerge().Finish();
  ASSERT_TRUE(merged.ok());
  EXPECT_EQ(merged->samples.size(), 0u);
}

}  // namespace
}  // namespace pmcp::profile
