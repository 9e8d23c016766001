#include "profile/formats/decode_profile.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <string>

#include "base/gzip.h"
#include "profile/pprof/pprof_encode.h"
#include "tests/support/profile_builder.h"

namespace pmcp::profile {
namespace {

using test::ProfileBuilder;

constexpr std::size_t kMiB = 1 << 20;

std::string SmallMessage(std::int64_t value) {
  return EncodePprof(ProfileBuilder().Sample("main;work", value).Build());
}

/// Larger than what a decoder keeps for the next file.
std::string LargeMessage() {
  ProfileBuilder builder;
  for (int i = 0; i < 60'000; ++i) {
    builder.Sample(fmt::format("main;f{}", i), 1);
  }
  std::string message = EncodePprof(builder.Build());
  EXPECT_GT(message.size(), ProfileDecoder::kKeptBytes);
  return message;
}

Result<Profile> DecodeFile(const std::string& file,
                           const ProfileLimits& limits = {}) {
  return DecodeProfile(ByteBuffer(file), "x.pb.gz", limits);
}

std::string Reencoded(const std::string& file) {
  const auto profile = DecodeFile(file);
  EXPECT_TRUE(profile.ok()) << profile.error().message;
  return profile.ok() ? EncodePprof(*profile) : "";
}

ErrorKind KindOf(const Result<Profile>& profile) {
  EXPECT_FALSE(profile.ok());
  return profile.ok() ? ErrorKind::kInternal : profile.error().kind;
}

TEST(DecodeProfile, ReadsGzipOfOneOrTwoMembers) {
  const std::string raw = SmallMessage(3);
  EXPECT_EQ(Reencoded(Gzip(raw)), raw);
  const std::size_t half = raw.size() / 2;
  EXPECT_EQ(Reencoded(Gzip(raw.substr(0, half)) + Gzip(raw.substr(half))), raw);
}

TEST(DecodeProfile, SaysWhatIsNotAProfile) {
  const auto refusal = [](const std::string& file) {
    return DecodeFile(file).error().message;
  };
  EXPECT_EQ(refusal("404 page not found\n"),
            "is text, not a profile: \"404 page not found\"");
  EXPECT_EQ(refusal(Gzip("404 page not found\n")),
            "is text, not a profile: \"404 page not found\"");
  EXPECT_EQ(refusal("PERFILE2"),
            "is a recording of perf (perf.data), which is not read "
            "(perf_to_profile converts it)");
}

TEST(DecodeProfile, SaysThatProfilesFollowEachOther) {
  const auto with_time = [](std::int64_t time) {
    Profile profile = ProfileBuilder().Sample("main;work", 1).Build();
    profile.time_nanos = time;
    return EncodePprof(profile);
  };
  EXPECT_EQ(DecodeFile(with_time(1) + with_time(2)).error().message,
            "holds 2 profiles, one after the other (concatenated profiles)");
}

TEST(DecodeProfile, ReadsWhatIsNotCompressed) {
  const std::string raw = SmallMessage(3);
  EXPECT_EQ(Reencoded(raw), raw);
}

TEST(DecodeProfile, StopsAGzipBomb) {
  const std::string member = Gzip(std::string(kMiB, '\0'));
  std::string bomb;  // 16 MiB of zeros in 16 KiB
  for (int i = 0; i < 16; ++i) bomb += member;
  EXPECT_EQ(KindOf(DecodeFile(bomb, {.inflated_bytes = 8 * kMiB})),
            ErrorKind::kTooLarge);
}

TEST(DecodeProfile, LimitsInflatedBytes) {
  const std::string raw = SmallMessage(3);
  for (const std::string& file : {raw, Gzip(raw)}) {
    EXPECT_TRUE(DecodeFile(file, {.inflated_bytes = raw.size()}).ok());
    EXPECT_EQ(KindOf(DecodeFile(file, {.inflated_bytes = raw.size() - 1})),
              ErrorKind::kTooLarge);
  }
}

TEST(ProfileDecoder, DecodesEachFileAsIfItWereTheOnlyOne) {
  const std::string small = SmallMessage(3);
  const std::string other = SmallMessage(5);
  const std::string large = LargeMessage();
  ProfileDecoder decoder;
  for (const std::string& raw : {small, large, other, large, small}) {
    for (const std::string& file : {raw, Gzip(raw)}) {
      ByteBuffer bytes(file);
      ASSERT_TRUE(decoder.Decode(bytes, "x.pb.gz").ok());
      EXPECT_EQ(EncodePprof(decoder.profile()), raw);
      decoder.FreeLargeBuffers(bytes);
    }
  }
}

TEST(ProfileDecoder, FreesTheBuffersOfALargeFileOnly) {
  const std::string small = SmallMessage(3);
  const std::string large = LargeMessage();
  ProfileDecoder decoder;
  for (const std::string& file : {small, Gzip(small)}) {
    ByteBuffer bytes(file);
    ASSERT_TRUE(decoder.Decode(bytes, "x.pb.gz").ok());
    EXPECT_FALSE(decoder.FreeLargeBuffers(bytes));
    EXPECT_EQ(bytes.view(), file);
  }
  for (const std::string& file : {large, Gzip(large)}) {
    ByteBuffer bytes(file);
    ASSERT_TRUE(decoder.Decode(bytes, "x.pb.gz").ok());
    EXPECT_TRUE(decoder.FreeLargeBuffers(bytes));
    EXPECT_EQ(bytes.size(), 0u);
  }
}

}  // namespace
}  // namespace pmcp::profile
