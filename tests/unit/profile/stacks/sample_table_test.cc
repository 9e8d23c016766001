#include <gtest/gtest.h>

#include <cstdint>
#include <utility>
#include <vector>

#include "profile/pprof/pprof.h"
#include "tests/support/random.h"

namespace pmcp::profile {
namespace {

using Row = std::pair<std::vector<std::uint32_t>, std::vector<std::int64_t>>;

std::vector<SampleLabel> LabelsOf(const Row& row) {
  return std::vector<SampleLabel>(
      row.first.size() % 3,
      SampleLabel{.key = static_cast<StringId>(row.second[0])});
}

/// Rows with 0 to 4 locations, two values and 0 to 2 labels.
std::vector<Row> RandomRows(test::SplitMix64& random, std::size_t count) {
  std::vector<Row> rows(count);
  for (auto& [locations, values] : rows) {
    locations.resize(random.Below(5));
    for (auto& location : locations) {
      location = static_cast<std::uint32_t>(random.Below(1000));
    }
    values = {static_cast<std::int64_t>(random.Below(1000)),
              static_cast<std::int64_t>(random.Below(1000))};
  }
  return rows;
}

void ExpectRow(const SampleTable& table, std::size_t index, const Row& row) {
  const auto locations = table.locations(index);
  const auto values = table.values(index);
  const auto labels = table.labels(index);
  EXPECT_EQ(
      Row({locations.begin(), locations.end()}, {values.begin(), values.end()}),
      row);
  EXPECT_EQ(std::vector<SampleLabel>(labels.begin(), labels.end()),
            LabelsOf(row));
}

TEST(SampleTable, KeepsRowsInPlace) {
  test::SplitMix64 random(3);
  for (int round = 0; round < 50; ++round) {
    const std::vector<Row> rows = RandomRows(random, random.Below(20));
    SampleTable table;
    table.SetValueCount(2);
    std::vector<std::uint32_t> kept;
    for (std::uint32_t i = 0; i < rows.size(); ++i) {
      table.Append(rows[i].first, rows[i].second, LabelsOf(rows[i]));
      if (!random.OneIn(1 + round % 4)) kept.push_back(i);
    }
    table.KeepRows(kept);
    ASSERT_EQ(table.size(), kept.size());
    for (std::size_t i = 0; i < kept.size(); ++i) {
      ExpectRow(table, i, rows[kept[i]]);
    }
  }
}

}  // namespace
}  // namespace pmcp::profile
