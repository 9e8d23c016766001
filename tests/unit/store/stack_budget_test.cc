#include "store/stack_budget.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <memory>
#include <random>
#include <stop_token>
#include <string>
#include <utility>

#include "tests/support/collapsed.h"
#include "tests/support/profile_builder.h"

namespace pmcp::store {
namespace {

using profile::Stacks;
using profile::StackSamples;

constexpr int kProfiles = 20;
constexpr int kStacks = 200;

/// Of few functions, as the seed has it.
std::string Stack(unsigned seed) {
  std::minstd_rand random(seed);
  std::string stack = "main";
  for (int depth = 0; depth < 30; ++depth) {
    stack += fmt::format(";f{}", random() % 50);
  }
  return stack;
}

/// Stacks of this profile alone, or of all profiles.
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
    collector.Add(Stacks::Part(std::move(samples), 0), bytes);
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
  // Nothing is walked: there is no tree.
  EXPECT_EQ(Collect(0, false, call).stacks.size(), all.stacks.size());
}

}  // namespace
}  // namespace pmcp::store
