// The limits of DecodePprof, at the limit and past it.
#include <gtest/gtest.h>

#include "profile/pprof/pprof_decode.h"
#include "tests/support/wire_writer.h"

namespace pmcp::profile {
namespace {

using test::WireWriter;

ErrorKind KindOf(const Result<Profile>& profile) {
  EXPECT_FALSE(profile.ok());
  return profile.ok() ? ErrorKind::kInternal : profile.error().kind;
}

// Each `1a 00` is a label of no bytes, which takes 24 in memory.
TEST(PprofLimits, HoldForAMessageThatIsSmallButLargeInMemory) {
  constexpr std::size_t kLabels = 100'000;
  std::string sample = WireWriter().Number(2, 1).bytes();
  for (std::size_t i = 0; i < kLabels; ++i) sample += std::string("\x1a\0", 2);
  WireWriter w;
  w.Bytes(6, "").Bytes(6, "cpu").Message(1, WireWriter().Number(1, 1));
  w.Bytes(2, sample);
  // The least a table with that many labels can take, and some for the rest.
  const std::size_t least = kLabels * sizeof(SampleLabel);
  EXPECT_TRUE(DecodePprof(w.bytes(), {.decoded_bytes = least + 1000}).ok());
  EXPECT_EQ(KindOf(DecodePprof(w.bytes(), {.decoded_bytes = least})),
            ErrorKind::kTooLarge);
}

TEST(PprofLimits, HoldForAProfileThatIsUsedAgain) {
  std::string sample = WireWriter().Number(2, 1).bytes();
  for (int i = 0; i < 1000; ++i) sample += std::string("\x1a\0", 2);
  WireWriter w;
  w.Bytes(6, "").Bytes(6, "cpu").Message(1, WireWriter().Number(1, 1));
  w.Bytes(2, sample);
  const std::size_t least = 1000 * sizeof(SampleLabel);
  Profile profile;
  EXPECT_TRUE(
      DecodePprofInto(w.bytes(), profile, {.decoded_bytes = least + 1000})
          .ok());
  const auto refused =
      DecodePprofInto(w.bytes(), profile, {.decoded_bytes = least});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, ErrorKind::kTooLarge);
}

// 20,000 types times 20,000 samples would be 3 GiB of values, out of 80 kB.
TEST(PprofLimits, DoNotReserveValuesThatAreNotThere) {
  WireWriter w;
  w.Bytes(6, "");
  for (int i = 0; i < 20'000; ++i) w.Bytes(1, "").Bytes(2, "");
  Profile again;
  for (const auto& refused : {DecodePprof(w.bytes()).error(),
                              DecodePprofInto(w.bytes(), again).error()}) {
    EXPECT_EQ(refused.message,
              "has a sample with 0 values for 20000 sample types");
  }
}

}  // namespace
}  // namespace pmcp::profile
