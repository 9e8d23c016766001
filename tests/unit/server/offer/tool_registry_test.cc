#include "server/offer/tool_registry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

namespace pmcp::server {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;

Tool Named(std::string_view declaration, ToolFunction run = {}) {
  return {declaration, std::move(run)};
}

constexpr std::string_view kBread = R"({
  "name": "make_bread", "zeta": 1, "alpha": 2,
  "inputSchema": {"type": "object"}
})";
constexpr std::string_view kCake =
    R"({"name":"make_cake","inputSchema":{"type":"object"}})";

TEST(ToolRegistry, KeepsTheOrderOfToolsAndMembers) {
  const ToolRegistry registry({Named(kCake), Named(kBread)});
  EXPECT_THAT(
      registry.Declarations(),
      ElementsAre(
          kCake,
          R"({"name":"make_bread","zeta":1,"alpha":2,"inputSchema":{"type":"object"}})"));
}

TEST(ToolRegistry, FindsByName) {
  const ToolRegistry registry({Named(kCake), Named(kBread)});
  const auto found = registry.Find("make_bread");
  ASSERT_TRUE(found);
  EXPECT_EQ((*found)->name(), "make_bread");
}

TEST(ToolRegistry, SuggestsTheNearestName) {
  const ToolRegistry registry({Named(kCake), Named(kBread)});
  const auto found = registry.Find("make_bred");
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(found.error().message, "unknown tool \"make_bred\"");
  EXPECT_EQ(found.error().hint, "did you mean \"make_bread\"?");
  EXPECT_EQ(registry.Find("x").error().hint, "tools/list names all tools");
}

TEST(ToolRegistry, ShortensAndCleansUnknownNames) {
  const ToolRegistry registry({});
  const auto found = registry.Find("\x1b[31m" + std::string(1'000'000, 'x'));
  EXPECT_LT(found.error().message.size(), 100u);
  EXPECT_EQ(found.error().message.find('\x1b'), std::string::npos);
}

TEST(ToolRegistryDeathTest, EndsTheProcessOnABrokenDeclaration) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(ToolRegistry({Named("{")}), "check failed");
  EXPECT_DEATH(ToolRegistry({Named("{}")}), "check failed");
  EXPECT_DEATH(ToolRegistry({Named(kCake), Named(kCake)}), "check failed");
}

TEST(RegisteredTool, TurnsExceptionsIntoErrorsWithoutDetails) {
  const RegisteredTool tool(
      Named(kCake, [](const json&, const ToolContext&) -> ToolResult {
        throw std::runtime_error("secret");
      }));
  const ToolResult result =
      tool.Call(json::object(), ToolContext(CallContext(), "7 tools/call"));
  EXPECT_EQ(result.error, ErrorKind::kInternal);
  EXPECT_EQ(result.text.find("secret"), std::string::npos);
  EXPECT_NE(result.text.find("7 tools/call"), std::string::npos);
}

TEST(RegisteredTool, DoesNotRunWithWrongArguments) {
  bool ran = false;
  const RegisteredTool tool(
      Named(kCake, [&ran](const json&, const ToolContext&) {
        ran = true;
        return ToolResult{};
      }));
  const ToolResult result =
      tool.Call({{"a", 1}}, ToolContext(CallContext(), "x"));
  EXPECT_EQ(result.error, ErrorKind::kInvalidArgument);
  EXPECT_FALSE(ran);
}

}  // namespace
}  // namespace pmcp::server
