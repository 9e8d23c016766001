#include "app/product.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "generated/schemas.h"

namespace pmcp::app {
namespace {

/// Every conversation contains the instructions.
constexpr std::size_t kMaxInstructionBytes = 2048;

TEST(Instructions, AreShortAndNameEveryTool) {
  const std::string text = Product().instructions;
  EXPECT_LT(text.size(), kMaxInstructionBytes);
  EXPECT_GT(text.size(), 500u);
  for (const auto& file : schemas::All()) {
    // overview shows the profile types as well.
    if (file.stem == "list_profile_types") continue;
    EXPECT_THAT(text, testing::HasSubstr(std::string(file.stem)));
  }
}

TEST(Product, SaysWhoItIs) {
  const auto product = Product();
  EXPECT_EQ(product.name, "pyroscope-mcp");
  EXPECT_FALSE(product.title.empty());
  EXPECT_FALSE(product.version.empty());
}

}  // namespace
}  // namespace pmcp::app
