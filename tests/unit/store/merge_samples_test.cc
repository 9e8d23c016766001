#include "store/merge_samples.h"

#include <gtest/gtest.h>

#include <map>
#include <utility>
#include <vector>

#include "tests/support/random.h"

namespace pmcp::store {
namespace {

using profile::SampleTable;

TEST(MergeEqualSamples, AgreesWithAMap) {
  test::SplitMix64 random(7);
  SampleTable samples;
  samples.SetValueCount(1);
  std::map<std::vector<std::uint32_t>, std::int64_t> expected;
  for (int i = 0; i < 20'000; ++i) {
    std::vector<std::uint32_t> stack(random.Below(4));
    for (auto& frame : stack) {
      frame = static_cast<std::uint32_t>(random.Below(12));
    }
    const auto value = static_cast<std::int64_t>(random.Below(1000));
    samples.Append(stack, std::vector{value}, {});
    expected[stack] += value;
  }
  const SampleTable merged = MergeEqualSamples(std::move(samples));
  ASSERT_EQ(merged.size(), expected.size());
  for (std::size_t row = 0; row < merged.size(); ++row) {
    const auto stack = merged.locations(row);
    EXPECT_EQ(merged.values(row)[0], expected.at({stack.begin(), stack.end()}));
  }
}

TEST(MergeEqualSamples, KeepsTheOrderOfFirstAppearance) {
  SampleTable samples;
  samples.SetValueCount(1);
  for (const std::uint32_t frame : {5u, 1u, 5u, 3u, 1u}) {
    samples.Append(std::vector{frame}, std::vector<std::int64_t>{1}, {});
  }
  const SampleTable merged = MergeEqualSamples(std::move(samples));
  ASSERT_EQ(merged.size(), 3u);
  EXPECT_EQ(merged.locations(0)[0], 5u);
  EXPECT_EQ(merged.locations(1)[0], 1u);
  EXPECT_EQ(merged.locations(2)[0], 3u);
  EXPECT_EQ(merged.values(0)[0], 2);
}

TEST(MergeEqualSamples, ReturnsWhatHasNothingToMerge) {
  SampleTable samples;
  samples.SetValueCount(2);
  EXPECT_EQ(MergeEqualSamples(std::move(samples)).size(), 0u);
}

}  // namespace
}  // namespace pmcp::store
