#include "pyroscope/wire/wire_labels.h"

#include <gtest/gtest.h>

#include "tests/support/wire_writer.h"

namespace pmcp::pyroscope {
namespace {

using test::WireWriter;

TEST(WireLabels, ReadsTypesByTheirId) {
  const auto types = DecodeProfileTypes(
      WireWriter()
          .Message(1, WireWriter().Bytes(1, "memory:malloc:bytes::"))
          .Number(9, 7)  // a field of a later version
          .bytes());
  ASSERT_TRUE(types.ok());
  ASSERT_EQ(types->size(), 1u);
  EXPECT_EQ((*types)[0].sample_type, "malloc");
}

TEST(WireLabels, NamesEndpointAndFieldOfWhatIsWrong) {
  const auto types = DecodeProfileTypes(
      WireWriter().Message(1, WireWriter().Bytes(1, "secret-cpu")).bytes());
  ASSERT_FALSE(types.ok());
  EXPECT_EQ(types.error().kind, ErrorKind::kBadResponse);
  EXPECT_EQ(types.error().message,
            "the answer of ProfileTypes cannot be read: profile_types.ID is "
            "not a profile type");

  const auto names =
      DecodeNames("LabelValues", WireWriter().Number(1, 5).bytes());
  ASSERT_FALSE(names.ok());
  EXPECT_EQ(names.error().message,
            "the answer of LabelValues cannot be read: names is not text or a "
            "message");
}

TEST(WireLabels, SortsTheLabelsOfASet) {
  const auto label = [](const char* name, const char* value) {
    return WireWriter().Bytes(1, name).Bytes(2, value);
  };
  const auto sets =
      DecodeLabelSets(WireWriter()
                          .Message(2, WireWriter()
                                          .Message(1, label("zone", "b"))
                                          .Message(1, label("pod", "a")))
                          .bytes());
  ASSERT_TRUE(sets.ok());
  ASSERT_EQ(sets->size(), 1u);
  EXPECT_EQ(profile::ToString((*sets)[0].all()), "{pod=\"a\", zone=\"b\"}");
}

TEST(WireLabels, ReadsTheSentinelsOfAnEmptyServer) {
  const auto stats = DecodeProfileStats(WireWriter()
                                            .Number(2, INT64_MAX)
                                            .Number(3, std::uint64_t{1} << 63)
                                            .bytes());
  ASSERT_TRUE(stats.ok());
  EXPECT_FALSE(stats->data_ingested);
  EXPECT_EQ(stats->oldest_ms, INT64_MAX);
  EXPECT_EQ(stats->newest_ms, INT64_MIN);
}

}  // namespace
}  // namespace pmcp::pyroscope
