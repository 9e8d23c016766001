// What DecodePprof makes of valid bytes, however they are written.
#include "profile/pprof/pprof_decode.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "profile/pprof/pprof_encode.h"
#include "tests/support/profile_builder.h"
#include "tests/support/wire_writer.h"

namespace pmcp::profile {
namespace {

using test::ProfileBuilder;
using test::WireWriter;
using testing::ElementsAre;

// Strings "", "cpu", "ns", "main", "leaf"; one sample type; functions 1 and 2
// at locations 1 and 2.
WireWriter Head() {
  WireWriter w;
  for (const char* text : {"", "cpu", "ns", "main", "leaf"}) w.Bytes(6, text);
  w.Message(1, WireWriter().Number(1, 1).Number(2, 2));
  for (const std::uint64_t id : {1, 2}) {
    w.Message(5, WireWriter().Number(1, id).Number(2, 2 + id));
    w.Message(4, WireWriter().Number(1, id).Message(
                     4, WireWriter().Number(1, id).Number(2, 10 * id)));
  }
  return w;
}

Profile Decoded(const std::string& bytes) {
  auto profile = DecodePprof(bytes);
  EXPECT_TRUE(profile.ok()) << profile.error().message;
  return profile.ok() ? *std::move(profile) : Profile();
}

TEST(DecodePprof, ReadsAPlainProfile) {
  const Profile p = Decoded(
      Head()
          .Message(2, WireWriter().Number(1, 2).Number(1, 1).Number(2, 7))
          .bytes());
  ASSERT_EQ(p.samples.size(), 1u);
  EXPECT_THAT(p.samples.locations(0), ElementsAre(1, 0));
  EXPECT_THAT(p.samples.values(0), ElementsAre(7));
  EXPECT_EQ(p.strings[p.sample_types[0].unit], "ns");
  EXPECT_EQ(p.strings[p.functions[1].name], "leaf");
  EXPECT_EQ(p.LinesOf(p.locations[1])[0], (Line{1, 20, 0}));
}

TEST(DecodePprof, ReadsPackedAndSingleNumbersInOneSample) {
  const std::string packed = WireWriter().Varint(1).Varint(2).bytes();
  const Profile p = Decoded(Head()
                                .Message(2, WireWriter()
                                                .Number(1, 2)
                                                .Bytes(1, packed)
                                                .Bytes(1, "")
                                                .Number(1, 1)
                                                .Bytes(2, "\x07"))
                                .bytes());
  EXPECT_THAT(p.samples.locations(0), ElementsAre(1, 0, 1, 0));
  EXPECT_THAT(p.samples.values(0), ElementsAre(7));
}

TEST(DecodePprof, ReadsFieldsInAnyOrder) {
  const WireWriter sample = WireWriter().Number(2, 7).Number(1, 2);
  WireWriter backwards;
  backwards.Number(14, 1).Message(2, sample);
  const Profile p = Decoded(backwards.bytes() + Head().bytes());
  EXPECT_THAT(p.samples.locations(0), ElementsAre(1));
  EXPECT_EQ(p.default_sample_type, 1u);
}

TEST(DecodePprof, ReadsSamplesBetweenOtherFields) {
  WireWriter w;
  const auto add_sample = [&w](std::uint64_t value) {
    w.Message(2, WireWriter().Number(2, value).Number(1, value));
  };
  add_sample(1);
  add_sample(2);
  w.Number(9, 5);
  add_sample(1);
  const Profile p = Decoded(Head().bytes() + w.bytes() + "\x70\x01");
  ASSERT_EQ(p.samples.size(), 3u);
  EXPECT_THAT(p.samples.locations(1), ElementsAre(1));
  EXPECT_THAT(p.samples.values(2), ElementsAre(1));
  EXPECT_EQ(p.time_nanos, 5);
  EXPECT_EQ(p.default_sample_type, 1u);
}

TEST(DecodePprof, ReadsNumbersOfEveryLength) {
  for (int bits = 0; bits < 64; ++bits) {
    const std::uint64_t value = std::uint64_t{1} << bits;
    // Alone at the end of the field, and with others behind it.
    const std::string one = WireWriter().Varint(value).bytes();
    const Profile p = Decoded(
        Head()
            .Message(2, WireWriter().Bytes(2, one))
            .Message(2,
                     WireWriter().Bytes(1, one + one + "\x01").Number(2, value))
            .bytes());
    EXPECT_EQ(p.samples.values(0)[0], static_cast<std::int64_t>(value));
    EXPECT_EQ(p.samples.values(1)[0], static_cast<std::int64_t>(value));
    const std::uint32_t expected =
        bits < 2 ? static_cast<std::uint32_t>(value - 1) : kNoIndex;
    EXPECT_THAT(p.samples.locations(1), ElementsAre(expected, expected, 0));
  }
}

TEST(DecodePprof, SkipsUnknownFields) {
  const Profile p = Decoded(
      Head()
          .Number(99, 5)
          .Bytes(100, "what")
          .Fixed64(101)
          .Message(2, WireWriter().Number(2, 7).Bytes(50, "new").Fixed64(51))
          .bytes());
  EXPECT_THAT(p.samples.values(0), ElementsAre(7));
}

TEST(DecodePprof, MergesAPeriodTypeThatComesTwice) {
  const Profile p = Decoded(Head()
                                .Message(11, WireWriter().Number(1, 1))
                                .Message(11, WireWriter().Number(2, 2))
                                .bytes());
  EXPECT_TRUE(p.has_period_type);
  EXPECT_EQ(p.period_type, (ValueType{1, 2}));
}

TEST(DecodePprof, ReadsAddressesAsIds) {
  const std::uint64_t address = 0x7fff00001234;
  WireWriter w = Head();
  w.Message(4, WireWriter().Number(1, address));
  w.Message(2, WireWriter().Number(1, address).Number(2, 7));
  EXPECT_THAT(Decoded(w.bytes()).samples.locations(0), ElementsAre(2));
}

TEST(DecodePprof, KeepsReferencesToNothingAsSuch) {
  WireWriter w = Head();
  w.Message(4, WireWriter().Number(1, 3).Number(2, 9).Message(
                   4, WireWriter().Number(1, 77)));
  w.Message(2,
            WireWriter().Number(1, 1).Number(1, 88).Number(1, 0).Number(2, 7));
  const Profile p = Decoded(w.bytes());
  EXPECT_THAT(p.samples.locations(0), ElementsAre(0, kNoIndex, kNoIndex));
  EXPECT_EQ(p.LinesOf(p.locations[2])[0].function, kNoIndex);
  EXPECT_EQ(p.locations[2].mapping, kUnknownMapping);
  EXPECT_EQ(p.locations[0].mapping, kNoIndex);
}

TEST(DecodePprof, KeepsTextThatIsNotUtf8) {
  const Profile p = Decoded(Head().Bytes(6, "\xff\xfe").bytes());
  EXPECT_EQ(p.strings[5], "\xff\xfe");
}

TEST(DecodePprof, ReadsNegativeNumbers) {
  const Profile p = Decoded(
      Head().Message(2, WireWriter().Number(2, ~std::uint64_t{4})).bytes());
  EXPECT_THAT(p.samples.values(0), ElementsAre(-5));
}

TEST(DecodePprof, ReadsLabelsOfBothKinds) {
  WireWriter w = Head();
  w.Message(
      2, WireWriter()
             .Number(2, 7)
             .Message(3, WireWriter().Number(1, 3).Number(2, 4))
             .Message(3, WireWriter().Number(1, 3).Number(3, 5).Number(4, 2)));
  const Profile p = Decoded(w.bytes());
  EXPECT_THAT(p.samples.labels(0),
              ElementsAre(SampleLabel{3, 4, 0, 0}, SampleLabel{3, 0, 5, 2}));
}

TEST(DecodePprof, CountsItsMemory) {
  const Profile small = ProfileBuilder().Sample("main", 3).Build();
  ProfileBuilder builder;
  for (int i = 0; i < 1000; ++i) builder.Sample("main;work;more", i);
  const Profile large = Decoded(EncodePprof(builder.Build()));
  EXPECT_GE(large.memory_bytes(), small.memory_bytes() + 1000 * (3 * 4 + 8));
}

}  // namespace
}  // namespace pmcp::profile
