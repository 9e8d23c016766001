#include "store/last_question.h"

#include <gtest/gtest.h>

#include "tests/support/profile_builder.h"

namespace pmcp::store {
namespace {

profile::Stacks SomeStacks(std::int64_t value) {
  auto samples = std::make_shared<const profile::StackSamples>(
      test::ProfileBuilder().Sample("main", value).Build());
  profile::Stacks stacks;
  stacks.Add({std::move(samples), {{0, value}}});
  return stacks;
}

Snapshot State(std::uint64_t number) {
  return {ProfileStore({}), {}, {}, number};
}

TEST(LastQuestion, AreFoundByStateAndQuestion) {
  LastQuestion kept;
  source::StacktraceQuery query;
  EXPECT_FALSE(kept.Find(State(1), query));
  kept.Keep(State(1), query, SomeStacks(7));
  ASSERT_TRUE(kept.Find(State(1), query));
  EXPECT_EQ(kept.Find(State(1), query)->total(), 7);
  EXPECT_FALSE(kept.Find(State(2), query));
}

TEST(LastQuestion, AreThoseOfTheLastQuestion) {
  LastQuestion kept;
  source::StacktraceQuery first;
  source::StacktraceQuery second;
  second.samples.span_ids = {1};
  kept.Keep(State(1), first, SomeStacks(7));
  kept.Keep(State(1), second, SomeStacks(8));
  EXPECT_FALSE(kept.Find(State(1), first));
  EXPECT_EQ(kept.Find(State(1), second)->total(), 8);
  kept.Clear();
  EXPECT_FALSE(kept.Find(State(1), second));
}

TEST(LastQuestion, SayHowManyBytesTheyAre) {
  std::size_t aside = 1;
  LastQuestion kept([&aside](std::size_t bytes) { aside = bytes; });
  kept.Keep(State(1), {}, SomeStacks(7));
  EXPECT_EQ(aside, SomeStacks(7).memory_bytes());
  kept.Clear();
  EXPECT_EQ(aside, 0u);
}

TEST(LastQuestion, TellEveryPartOfAQuestion) {
  using Change = void (*)(source::StacktraceQuery&);
  const Change changes[] = {
      [](auto& q) { q.profiles.type.name = "x"; },
      [](auto& q) {
        q.profiles.selector.Add(profile::LabelSelector::Equals("a", "b"));
      },
      [](auto& q) { q.profiles.range.from += std::chrono::milliseconds(1); },
      [](auto& q) { q.profiles.range.to += std::chrono::milliseconds(1); },
      [](auto& q) {
        q.samples.span_ids = {1, 2};
      },
      [](auto& q) { q.samples.span_ids = {12}; },
      [](auto& q) { q.samples.trace_ids = {"t"}; },
      [](auto& q) { q.samples.profile_ids = {"t"}; },
      [](auto& q) { q.samples.call_site = {"t"}; },
      [](auto& q) {
        q.samples.call_site = {"t", ""};
      },
  };
  LastQuestion kept;
  for (const Change change : changes) {
    source::StacktraceQuery query;
    change(query);
    EXPECT_FALSE(kept.Find(State(1), query));
    kept.Keep(State(1), query, SomeStacks(1));
    EXPECT_TRUE(kept.Find(State(1), query));
  }
}

}  // namespace
}  // namespace pmcp::store
