#include "pyroscope/wire/wire_series.h"

#include <gtest/gtest.h>

#include "tests/support/wire_writer.h"

namespace pmcp::pyroscope {
namespace {

using test::WireWriter;

WireWriter Numbers(std::size_t count) {
  WireWriter packed;
  for (std::size_t i = 0; i < count; ++i) packed.Varint(i);
  return packed;
}

std::string HeatmapWith(std::size_t bounds, const WireWriter& counts) {
  WireWriter slot;
  slot.Number(1, 1000);
  slot.Bytes(2, std::string(bounds * 8, '\0')).Message(3, counts);
  return WireWriter().Message(1, WireWriter().Message(2, slot)).bytes();
}

TEST(WireSeries, ReadsNumbersThatAreNotPacked) {
  WireWriter slot;
  for (std::size_t i = 0; i < profile::kHeatmapBuckets; ++i) {
    slot.Fixed64(2).Number(3, i);
  }
  const auto heatmap = DecodeSelectHeatmap(
      WireWriter().Message(1, WireWriter().Message(2, slot)).bytes());
  ASSERT_TRUE(heatmap.ok()) << heatmap.error().message;
  EXPECT_EQ((*heatmap)[0].slots[0].counts.back(), 19);
}

TEST(WireSeries, RefusesAnotherNumberOfBuckets) {
  EXPECT_TRUE(DecodeSelectHeatmap(HeatmapWith(20, Numbers(20))).ok());
  for (const auto& message :
       {HeatmapWith(19, Numbers(20)), HeatmapWith(20, Numbers(21)),
        HeatmapWith(21, Numbers(20)), HeatmapWith(0, Numbers(0))}) {
    const auto heatmap = DecodeSelectHeatmap(message);
    ASSERT_FALSE(heatmap.ok());
    EXPECT_EQ(heatmap.error().kind, ErrorKind::kBadResponse);
  }
}

TEST(WireSeries, NamesTheFieldThatIsWrong) {
  const auto series = DecodeSelectSeries(
      WireWriter()
          .Message(1, WireWriter().Message(2, WireWriter().Number(1, 7)))
          .bytes());
  ASSERT_FALSE(series.ok());
  EXPECT_EQ(series.error().message,
            "the answer of SelectSeries cannot be read: series.points.value is "
            "not a double");
}

/// Two bytes each on the wire, and a few hundred in memory.
TEST(WireSeries, BoundsTheMemoryOfAnswers) {
  constexpr std::size_t kExemplars = 100;
  std::string empty_exemplars;  // field 4 with nothing in it, over and over
  for (std::size_t i = 0; i < kExemplars; ++i) {
    empty_exemplars.append("\x22\0", 2);
  }
  const std::string message =
      WireWriter().Message(1, WireWriter().Bytes(2, empty_exemplars)).bytes();
  constexpr std::size_t kNeeded = sizeof(profile::Series) +
                                  sizeof(profile::Point) +
                                  kExemplars * sizeof(profile::Exemplar);
  EXPECT_TRUE(DecodeSelectSeries(message, {.memory_bytes = kNeeded}).ok());
  const auto decoded =
      DecodeSelectSeries(message, {.memory_bytes = kNeeded - 1});
  ASSERT_FALSE(decoded.ok());
  EXPECT_EQ(decoded.error().kind, ErrorKind::kTooLarge);
}

}  // namespace
}  // namespace pmcp::pyroscope
