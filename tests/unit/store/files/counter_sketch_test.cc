#include "store/files/counter_sketch.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/profile_builder.h"

namespace pmcp::store {
namespace {

using test::ProfileBuilder;

struct Stack {
  std::string frames;
  std::int64_t allocated = 0;
};

ProfileBuilder Heap(const std::vector<Stack>& stacks) {
  ProfileBuilder builder({{"alloc_objects", "count"},
                          {"alloc_space", "bytes"},
                          {"inuse_space", "bytes"}});
  for (const Stack& stack : stacks) {
    builder.Sample(stack.frames, {1, stack.allocated, 7});
  }
  return builder;
}

CounterSketch SketchOf(const std::vector<Stack>& stacks,
                       const std::string& path = "heap.pb.gz",
                       const std::string& name = "memory") {
  return SketchCounters(Heap(stacks).Build(), path, name);
}

bool HasCounters(const CounterSketch& sketch) { return !sketch.stacks.empty(); }

TEST(CounterSketch, AddsEqualStacksOfTheLastCounter) {
  const CounterSketch sketch =
      SketchOf({{"main;a", 10}, {"main;b", 1}, {"main;a", 5}});
  ASSERT_EQ(sketch.stacks.size(), 2u);
  EXPECT_LT(sketch.stacks[0].hash, sketch.stacks[1].hash);
  EXPECT_EQ(sketch.stacks[0].value + sketch.stacks[1].value, 16);
}

TEST(CounterSketch, ProfilesOfAPeriodHaveNone) {
  EXPECT_TRUE(HasCounters(SketchOf({{"a", 1}})));
  ProfileBuilder with_duration = Heap({{"a", 1}});
  with_duration.profile().duration_nanos = 1;
  EXPECT_FALSE(HasCounters(
      SketchCounters(with_duration.Build(), "heap.pb.gz", "memory")));
  EXPECT_FALSE(HasCounters(SketchOf({{"a", 1}}, "x/delta-heap.pprof")));
  EXPECT_FALSE(HasCounters(SketchOf({{"a", 1}}, "delta_heap")));
  EXPECT_TRUE(HasCounters(SketchOf({{"a", 1}}, "delta/heap.pprof")));
  EXPECT_TRUE(HasCounters(SketchOf({{"a", 1}}, "deltas-heap.pprof")));
  EXPECT_FALSE(HasCounters(SketchOf({{"a", 1}}, "heap", "godeltaprof_memory")));
}

TEST(CounterSketch, OtherTypesAndDifferencesHaveNone) {
  EXPECT_FALSE(HasCounters(SketchOf({})));
  EXPECT_FALSE(HasCounters(SketchOf({{"a", 0}})));
  EXPECT_FALSE(HasCounters(SketchOf({{"a", 5}, {"b", -1}})));
  EXPECT_FALSE(HasCounters(SketchCounters(
      ProfileBuilder().Sample("a", 1).Build(), "cpu.pb.gz", "process_cpu")));
}

TEST(CounterSketch, HasThePlaceOfTheVdso) {
  ProfileBuilder heap = Heap({{"a", 1}});
  heap.profile().mappings.push_back({.id = 1, .memory_start = 0x400000});
  heap.profile().mappings.push_back(
      {.id = 2,
       .memory_start = 0x7fff,
       .filename = heap.profile().strings.Intern("[vdso]")});
  EXPECT_EQ(SketchCounters(heap.Build(), "heap.pb.gz", "memory").vdso, 0x7fffu);
  EXPECT_EQ(SketchOf({{"a", 1}}).vdso, 0u);
}

TEST(Continues, NoStackMayFallOrVanish) {
  const CounterSketch first = SketchOf({{"main;a", 10}, {"main;b", 5}});
  EXPECT_TRUE(Continues(first, first));
  EXPECT_TRUE(Continues(
      SketchOf({{"main;a", 10}, {"main;b", 6}, {"main;c", 1}}), first));
  EXPECT_FALSE(Continues(SketchOf({{"main;a", 9}, {"main;b", 6}}), first));
  EXPECT_FALSE(Continues(SketchOf({{"main;a", 99}}), first));
  EXPECT_FALSE(Continues(SketchOf({{"a;main", 10}, {"main;b", 5}}), first));
}

/// `count` stacks, of which the n-th allocated `n + grown`.
std::vector<Stack> ManyStacks(int count, int grown) {
  std::vector<Stack> stacks;
  for (int i = 1; i <= count; ++i) {
    stacks.push_back({fmt::format("main;f{}", i), i + grown});
  }
  return stacks;
}

TEST(Continues, ComparesWhatBothSketchesHave) {
  const CounterSketch few = SketchOf(ManyStacks(60, 0));
  const CounterSketch many = SketchOf(ManyStacks(10'000, 1));
  EXPECT_EQ(many.stacks.size(), kMostSketched);
  EXPECT_TRUE(Continues(many, few));
  EXPECT_TRUE(Continues(SketchOf(ManyStacks(20'000, 2)), many));
  EXPECT_FALSE(Continues(SketchOf(ManyStacks(20'000, 0)), many));
  EXPECT_FALSE(Continues(few, many));
}

}  // namespace
}  // namespace pmcp::store
