#include "base/constant_time.h"

#include <gtest/gtest.h>

namespace pmcp {
namespace {

TEST(EqualsInConstantTime, ComparesWholeSecrets) {
  EXPECT_TRUE(EqualsInConstantTime("", ""));
  EXPECT_TRUE(EqualsInConstantTime("ab", "ab"));
  EXPECT_TRUE(EqualsInConstantTime("abc", "abc"));
  EXPECT_FALSE(EqualsInConstantTime("ab", "ac"));
  EXPECT_FALSE(EqualsInConstantTime("ab", "a"));
  EXPECT_FALSE(EqualsInConstantTime("abc", "abd"));
  EXPECT_FALSE(EqualsInConstantTime("abc", "abcabc"));
  EXPECT_FALSE(EqualsInConstantTime("abc", "ab"));
  EXPECT_FALSE(EqualsInConstantTime("abc", ""));
  EXPECT_FALSE(EqualsInConstantTime("", "a"));
}

}  // namespace
}  // namespace pmcp
