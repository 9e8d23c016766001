#include "store/stack_budget.h"

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <memory>
#include <random>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/collapsed.h"
#include "tests/support/profile_builder.h"

namespace pmcp::store {
namespace {

using profile::Stacks;
using profile::StackSamples;
using testing::ElementsAre;

constexpr int kProfiles = 20;
constexpr int kStacks = 200;

/// A random stack of few functions, by seed.
std::string Stack(unsigned seed) {
  std::minstd_rand random(seed);
  std::string stack = "main";
  for (int depth = 0; depth < 30; ++depth) {
    stack += fmt::format(";f{}", random() % 50);
  }
  return stack;
}

/// Stacks that only this profile has, or that all profiles have.
std::shared_ptr<const StackSamples> Samples(int profile, bool is_alone) {
  test::ProfileBuilder builder;
  for (int i = 0; i < kStacks; ++i) {
    const int seed = 1 + (is_alone ? profile * kStacks + i : i);
    builder.Sample(Stack(static_cast<unsigned>(seed)), 1 + i);
  }
  return std::make_shared<const StackSamples>(builder.Build());
}

struct Collected {
  Stacks stacks;
  std::size_t bytes = 0;  // of all samples
};

Collected Collect(std::size_t budget, bool are_alone,
                  const CallContext& call = {}) {
  Collected collected;
  StackBudget collector(budget, call);
  for (int i = 0; i < kProfiles; ++i) {
    auto samples = Samples(i, are_alone);
    const std::size_t bytes = samples->memory_bytes();
    collected.bytes += bytes;
    collector.Add(profile::StackSegment(std::move(samples), 0), bytes);
  }
  collected.stacks = std::move(collector).Finish();
  return collected;
}

std::string TreeOf(const Collected& collected) {
  return test::ToText(collected.stacks.ToTree());
}

TEST(StackBudget, HoldsWhatFits) {
  const Collected all = Collect(std::size_t{1} << 30, false);
  EXPECT_EQ(all.stacks.size(), kProfiles * kStacks);
  EXPECT_GE(all.stacks.memory_bytes(), all.bytes);
}

TEST(StackBudget, FoldsWhatHasMuchInCommon) {
  const Collected all = Collect(std::size_t{1} << 30, false);
  const Collected folded = Collect(all.bytes / 10, false);
  EXPECT_LT(folded.stacks.size(), all.stacks.size());
  EXPECT_LT(folded.stacks.memory_bytes(), all.stacks.memory_bytes() / 2);
  EXPECT_EQ(TreeOf(folded), TreeOf(all));
}

TEST(StackBudget, HoldsWhatHasLittleInCommon) {
  const Collected all = Collect(std::size_t{1} << 30, true);
  for (const std::size_t budget : {all.bytes / 4, std::size_t{0}}) {
    const Collected held = Collect(budget, true);
    EXPECT_EQ(held.stacks.size(), all.stacks.size());
    EXPECT_EQ(TreeOf(held), TreeOf(all));
  }
}

TEST(StackBudget, GivesUpWhenTheCallIsOver) {
  std::stop_source stop;
  stop.request_stop();
  const CallContext call(stop.get_token(), CallContext::Deadline::max(), {});
  const Collected all = Collect(std::size_t{1} << 30, false);
  // No stack is visited, so there is no tree.
  EXPECT_EQ(Collect(0, false, call).stacks.size(), all.stacks.size());
}

constexpr std::size_t kBytesPerProfile = 100 * kStacks;

/// How many profiles are held after each of `profiles` that are added, the
/// first `alone` of which have no stacks in common.
std::vector<std::size_t> HeldProfiles(std::size_t budget, int alone,
                                      int profiles) {
  std::vector<std::size_t> held;
  for (int count = 1; count <= profiles; ++count) {
    const CallContext call;
    StackBudget stacks(budget, call);
    for (int i = 0; i < count; ++i) {
      stacks.Add(profile::StackSegment(Samples(i + 1, i < alone), 0),
                 kBytesPerProfile);
    }
    held.push_back(std::move(stacks).Finish().size() / kStacks);
  }
  return held;
}

TEST(StackBudget, HoldsUpToItsBudgetAgainAfterAFold) {
  EXPECT_THAT(HeldProfiles(4 * kBytesPerProfile, 0, 10),
              ElementsAre(1, 2, 3, 4, 1, 2, 3, 4, 1, 2));
}

// Two profiles with nothing in common raise the limit to four, then to ten. The
// fold of these ten sets it back to one.
TEST(StackBudget, TakesARaisedLimitBackAfterAFold) {
  EXPECT_THAT(HeldProfiles(kBytesPerProfile, 2, 15),
              ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1, 2, 3, 4, 1));
}

}  // namespace
}  // namespace pmcp::store
