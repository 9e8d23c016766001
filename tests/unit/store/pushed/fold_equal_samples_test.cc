#include "store/pushed/fold_equal_samples.h"

#include <gtest/gtest.h>

#include <limits>
#include <map>
#include <vector>

#include "tests/support/random.h"

namespace pmcp::store {
namespace {

using profile::SampleTable;

TEST(FoldEqualSamples, AgreesWithAMap) {
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
  FoldEqualSamples(samples);
  ASSERT_EQ(samples.size(), expected.size());
  for (std::size_t sample = 0; sample < samples.size(); ++sample) {
    const auto stack = samples.locations(sample);
    EXPECT_EQ(samples.values(sample)[0],
              expected.at({stack.begin(), stack.end()}));
  }
}

TEST(FoldEqualSamples, KeepsTheOrderOfFirstAppearance) {
  SampleTable samples;
  samples.SetValueCount(1);
  for (const std::uint32_t frame : {5u, 1u, 5u, 3u, 1u}) {
    samples.Append(std::vector{frame}, std::vector<std::int64_t>{1}, {});
  }
  FoldEqualSamples(samples);
  ASSERT_EQ(samples.size(), 3u);
  EXPECT_EQ(samples.locations(0)[0], 5u);
  EXPECT_EQ(samples.locations(1)[0], 1u);
  EXPECT_EQ(samples.locations(2)[0], 3u);
  EXPECT_EQ(samples.values(0)[0], 2);
}

SampleTable OneSample(std::int64_t value,
                      std::vector<profile::SampleLabel> labels = {}) {
  SampleTable samples;
  samples.SetValueCount(1);
  samples.Append(std::vector{1u}, std::vector{value}, labels);
  return samples;
}

TEST(FoldingShows, WithLabelsOnly) {
  EXPECT_FALSE(FoldingShows(SampleTable()));
  EXPECT_FALSE(FoldingShows(OneSample(1)));
  EXPECT_TRUE(FoldingShows(OneSample(1, {{.key = 1, .str = 2}})));
}

TEST(FoldingShows, WhereASumMayLeave64Bits) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  SampleTable samples = OneSample(kMost / 2);
  samples.Append(std::vector{1u}, std::vector{kMost / 2}, {});
  EXPECT_FALSE(FoldingShows(samples));
  samples.values(1)[0] += 1;
  EXPECT_TRUE(FoldingShows(samples));
}

TEST(FoldEqualSamples, TakesAnEmptyTable) {
  SampleTable samples;
  samples.SetValueCount(2);
  FoldEqualSamples(samples);
  EXPECT_EQ(samples.size(), 0u);
}

}  // namespace
}  // namespace pmcp::store
