#include <gtest/gtest.h>

#include <cstdint>
#include <utility>
#include <vector>

#include "profile/pprof/pprof.h"
#include "tests/support/random.h"

namespace pmcp::profile {
namespace {

using Sample = std::pair<std::vector<std::uint32_t>, std::vector<std::int64_t>>;

std::vector<SampleLabel> LabelsOf(const Sample& sample) {
  return std::vector<SampleLabel>(
      sample.first.size() % 3,
      SampleLabel{.key = static_cast<StringId>(sample.second[0])});
}

/// Rows with 0 to 4 locations, two values and 0 to 2 labels.
std::vector<Sample> RandomSamples(test::SplitMix64& random, std::size_t count) {
  std::vector<Sample> samples(count);
  for (auto& [locations, values] : samples) {
    locations.resize(random.Below(5));
    for (auto& location : locations) {
      location = static_cast<std::uint32_t>(random.Below(1000));
    }
    values = {static_cast<std::int64_t>(random.Below(1000)),
              static_cast<std::int64_t>(random.Below(1000))};
  }
  return samples;
}

void ExpectSample(const SampleTable& table, std::size_t index,
                  const Sample& sample) {
  const auto locations = table.locations(index);
  const auto values = table.values(index);
  const auto labels = table.labels(index);
  EXPECT_EQ(Sample({locations.begin(), locations.end()},
                   {values.begin(), values.end()}),
            sample);
  EXPECT_EQ(std::vector<SampleLabel>(labels.begin(), labels.end()),
            LabelsOf(sample));
}

TEST(SampleTable, KeepsRowsInPlace) {
  test::SplitMix64 random(3);
  for (int round = 0; round < 50; ++round) {
    const std::vector<Sample> samples = RandomSamples(random, random.Below(20));
    SampleTable table;
    table.SetValueCount(2);
    std::vector<std::uint32_t> kept;
    for (std::uint32_t i = 0; i < samples.size(); ++i) {
      table.Append(samples[i].first, samples[i].second, LabelsOf(samples[i]));
      if (!random.OneIn(1 + round % 4)) kept.push_back(i);
    }
    table.KeepSamples(kept);
    ASSERT_EQ(table.size(), kept.size());
    for (std::size_t i = 0; i < kept.size(); ++i) {
      ExpectSample(table, i, samples[kept[i]]);
    }
  }
}

}  // namespace
}  // namespace pmcp::profile
