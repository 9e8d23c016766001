#include "profile/words/profile_type.h"

#include <gtest/gtest.h>

namespace pmcp::profile {
namespace {

constexpr std::string_view kCpu = "process_cpu:cpu:nanoseconds:cpu:nanoseconds";

TEST(ProfileType, ReadsItsFiveParts) {
  const auto type = ProfileType::Parse("memory:inuse_space:bytes:space:B");
  ASSERT_TRUE(type.ok());
  EXPECT_EQ(*type,
            (ProfileType{"memory", "inuse_space", "bytes", "space", "B"}));
}

TEST(ProfileType, PrintsWhatItRead) {
  for (const std::string_view id :
       {kCpu, std::string_view("memory:malloc:bytes::"),
        std::string_view("::::")}) {
    const auto type = ProfileType::Parse(id);
    ASSERT_TRUE(type.ok());
    EXPECT_EQ(type->Id(), id);
  }
}

TEST(ProfileType, IgnoresASixthPart) {
  const auto type = ProfileType::Parse(std::string(kCpu) + ":delta");
  ASSERT_TRUE(type.ok());
  EXPECT_EQ(type->Id(), kCpu);
}

TEST(ProfileType, RefusesOtherNumbersOfParts) {
  for (const std::string_view id : {"", "cpu", "a:b:c:d", "a:b:c:d:e:f:g"}) {
    const auto type = ProfileType::Parse(id);
    ASSERT_FALSE(type.ok()) << id;
    EXPECT_EQ(type.error().kind, ErrorKind::kInvalidArgument);
  }
  EXPECT_EQ(ProfileType::Parse("cpu").error().message,
            "profile type \"cpu\" has 1 of the 5 fields name:sample_type"
            ":sample_unit:period_type:period_unit");
}

}  // namespace
}  // namespace pmcp::profile
