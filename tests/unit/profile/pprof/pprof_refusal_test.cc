// The messages that the decoder refuses, and its errors. Untrusted bytes must
// not crash it or use many resources, and the error must say what is wrong with
// the file.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/gzip.h"
#include "profile/formats/decode_profile.h"
#include "profile/pprof/pprof_decode.h"
#include "profile/pprof/pprof_encode.h"
#include "tests/support/profile_builder.h"
#include "tests/support/random.h"
#include "tests/support/wire_writer.h"

namespace pmcp::profile {
namespace {

using test::ProfileBuilder;
using test::WireWriter;
using testing::HasSubstr;

// Checks that decoding into a reused profile, which works in another order,
// gives the same error. The bytes have one fault only.
std::string Refusal(const std::string& bytes,
                    ErrorKind kind = ErrorKind::kInvalidArgument) {
  const auto profile = DecodeProfile(ByteBuffer(bytes), "x.pb.gz");
  if (!IsGzip(bytes)) {
    Profile again;
    const auto into = DecodePprofInto(bytes, again);
    EXPECT_EQ(into.ok(), profile.ok());
    if (!into.ok() && !profile.ok()) {
      EXPECT_EQ(into.error().message, profile.error().message);
    }
  }
  if (profile.ok()) return "was read";
  EXPECT_EQ(profile.error().kind, kind);
  return profile.error().message;
}

WireWriter Strings() {
  return WireWriter().Bytes(6, "").Bytes(6, "cpu").Bytes(6, "ns");
}
WireWriter Head() {
  return Strings().Message(1, WireWriter().Number(1, 1).Number(2, 2));
}

TEST(PprofRefusal, NamesWhatAServerRefuses) {
  const std::pair<std::string, std::string> cases[] = {
      {Strings().bytes(), "has no sample types"},
      {"", "is empty"},
      {WireWriter().Number(9, 1).bytes(), "has no string table"},
      {WireWriter().Bytes(6, "cpu").bytes(),
       "has a string table that does not begin with \"\""},
      {Head().Message(4, WireWriter().Number(3, 9)).bytes(),
       "has a location with the id 0"},
      {Head().Message(5, WireWriter().Number(2, 1)).bytes(),
       "has a function with the id 0"},
      {Head().Message(2, WireWriter().Number(2, 1).Number(2, 1)).bytes(),
       "has a sample with 2 values for 1 sample types"},
      {Head().Message(2, WireWriter()).bytes(),
       "has a sample with 0 values for 1 sample types"},
  };
  for (const auto& [bytes, expected] : cases) {
    EXPECT_EQ(Refusal(bytes), expected);
  }
}

TEST(PprofRefusal, NamesIdsThatComeTwice) {
  const WireWriter entity = WireWriter().Number(1, 7);
  EXPECT_EQ(Refusal(Head().Message(3, entity).Message(3, entity).bytes()),
            "has two mappings with the id 7");
  EXPECT_EQ(Refusal(Head().Message(4, entity).Message(4, entity).bytes()),
            "has two locations with the id 7");
  EXPECT_EQ(Refusal(Head().Message(5, entity).Message(5, entity).bytes()),
            "has two functions with the id 7");
}

TEST(PprofRefusal, NamesStringsThatAreNotThere) {
  EXPECT_EQ(
      Refusal(
          Head().Message(5, WireWriter().Number(1, 1).Number(2, 17)).bytes()),
      "refers to string 17 of 3");
  EXPECT_EQ(Refusal(Head().Number(14, 3).bytes()), "refers to string 3 of 3");
  EXPECT_EQ(Refusal(Head().Number(7, ~std::uint64_t{0}).bytes()),
            "refers to string -1 of 3");
  EXPECT_EQ(Refusal(Head().Bytes(13, "\x01\x04").bytes()),
            "refers to string 4 of 3");
  EXPECT_EQ(Refusal(Head()
                        .Message(2, WireWriter().Number(2, 1).Message(
                                        3, WireWriter().Number(1, 5)))
                        .bytes()),
            "refers to string 5 of 3");
}

TEST(PprofRefusal, NamesKnownFieldsOfAWrongKind) {
  EXPECT_EQ(Refusal(WireWriter().Number(6, 1).bytes() + Head().bytes()),
            "is not a pprof profile: field 6 is a number");
  EXPECT_EQ(Refusal(Head().Bytes(9, "now").bytes()),
            "is not a pprof profile: field 9 is not a number");
  EXPECT_EQ(Refusal(Head().Message(2, WireWriter().Fixed64(2)).bytes()),
            "is not a pprof profile: field 2 is not a number");
}

TEST(PprofRefusal, TellsOfFilesOfOtherKinds) {
  // DecodeProfile says what such a file is (profile/formats/recognize.h).
  const auto refusal = [](std::string_view bytes) {
    Profile profile;
    return DecodePprofInto(bytes, profile).error().message;
  };
  EXPECT_EQ(refusal("not a profile"), "is not a pprof profile");
  EXPECT_EQ(refusal("{\"json\": true}"), "is not a pprof profile");
}

TEST(PprofRefusal, TellsOfALengthPastTheEnd) {
  EXPECT_EQ(Refusal(Head().bytes() + "\x12\x7f\x01"), "is cut short");
  const WireWriter inner = WireWriter().Number(2, 1);
  EXPECT_EQ(Refusal(Head().Bytes(2, inner.bytes() + "\x0a\x05").bytes()),
            "is cut short");
  EXPECT_EQ(Refusal(Head().Bytes(2, inner.bytes() + "\x0a\x01\x80").bytes()),
            "is cut short");
}

TEST(PprofRefusal, TellsOfEveryCut) {
  const std::string whole = EncodePprof(
      ProfileBuilder().Sample("main;serve", 3).Sample("main", 1).Build());
  const std::string gzipped = Gzip(whole);
  for (std::size_t size = 2; size < gzipped.size(); ++size) {
    EXPECT_THAT(Refusal(gzipped.substr(0, size)), HasSubstr("cut short"));
  }
  // A message that ends between two fields is valid protobuf but incomplete.
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto profile = DecodePprof(whole.substr(0, size));
    EXPECT_TRUE(!profile.ok() || profile->strings.size() >= 4u) << size;
  }
}

TEST(PprofRefusal, SurvivesAnyFlippedByte) {
  const std::string whole = EncodePprof(ProfileBuilder()
                                            .Sample("a;b>c;d", 3)
                                            .Sample("a", {1}, {{"k", "v"}})
                                            .Build());
  test::SplitMix64 random(7);
  Profile again;
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes = whole;
    for (std::size_t i = 1 + random.Below(3); i > 0; --i) {
      bytes[random.Below(bytes.size())] = static_cast<char>(random.Next());
    }
    const auto profile = DecodePprof(bytes);
    const bool is_read = DecodePprofInto(bytes, again).ok();
    ASSERT_EQ(is_read, profile.ok());
    // A decoded profile can be encoded and decoded again.
    if (profile.ok()) {
      EXPECT_TRUE(DecodePprof(EncodePprof(*profile)).ok());
      EXPECT_EQ(EncodePprof(again), EncodePprof(*profile));
    }
  }
}

}  // namespace
}  // namespace pmcp::profile
