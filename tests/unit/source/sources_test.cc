#include "source/sources.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/fake_source.h"

namespace pmcp::source {
namespace {

Sources Named(const std::vector<std::string>& names) {
  std::vector<NamedSource> all;
  for (const std::string& name : names) {
    all.push_back({name, std::make_unique<test::FakeSource>()});
  }
  return Sources(std::move(all));
}

TEST(Sources, FindsByName) {
  const Sources sources = Named({"local", "prod"});
  ASSERT_TRUE(sources.Find("prod").ok());
  EXPECT_EQ((*sources.Find("prod"))->name, "prod");
}

TEST(Sources, NoNameIsTheOnlyOne) {
  const Sources sources = Named({"local"});
  ASSERT_TRUE(sources.Find("").ok());
  EXPECT_EQ((*sources.Find(""))->name, "local");
}

TEST(Sources, NoNameIsRefusedWhenThereAreSeveral) {
  const Sources sources = Named({"local", "prod"});
  const auto found = sources.Find("");
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(found.error().kind, ErrorKind::kInvalidArgument);
  EXPECT_EQ(found.error().hint, "Choose one of: local, prod.");
}

TEST(Sources, SuggestsTheNearest) {
  const Sources sources = Named({"local", "production"});
  const auto found = sources.Find("prodution");
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(found.error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(found.error().message, "there is no source \"prodution\"");
  EXPECT_EQ(found.error().hint,
            "Did you mean \"production\"? Choose one of: local, production.");
}

TEST(Sources, SuggestsNothingWhenNothingIsNear) {
  const Sources sources = Named({"local"});
  const auto found = sources.Find("zzzzzz");
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(found.error().hint, "Choose one of: local.");
}

TEST(Sources, SayHowToConfigureOne) {
  const auto found = Sources().Find("local");
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(found.error().kind, ErrorKind::kNotFound);
  EXPECT_NE(found.error().hint.find("PROFILES_DIR"), std::string::npos);
}

}  // namespace
}  // namespace pmcp::source
