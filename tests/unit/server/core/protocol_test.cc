#include "server/core/protocol.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <vector>

#include "server/core/mcp_results.h"
#include "tests/support/toy_server.h"

namespace pmcp::server::protocol {
namespace {

using nlohmann::json;

json CallResult(Era era, const ToolResult& result) {
  return json::parse(CallToolResult(era, result, test::ToyInfo()));
}

const json kServerInfo = {{"name", "toy-server"}, {"version", "1.2.3"}};

TEST(Protocol, ListsVersionsNewestFirst) {
  for (std::size_t i = 1; i < std::size(kVersions); ++i) {
    EXPECT_GT(kVersions[i - 1].name, kVersions[i].name);
  }
  EXPECT_EQ(FindVersion("2024-11-05")->era, Era::kLegacy);
  EXPECT_EQ(FindVersion("2026-07-28")->era, Era::kModern);
  EXPECT_EQ(FindVersion("2024-11-06"), nullptr);
  EXPECT_EQ(NewestLegacyVersion().name, "2025-11-25");
}

TEST(Protocol, MarksModernResultsOnly) {
  const ToolResult result{.text = "hi"};
  EXPECT_EQ(CallResult(Era::kLegacy, result),
            json({{"content", {{{"type", "text"}, {"text", "hi"}}}}}));
  EXPECT_EQ(
      CallResult(Era::kModern, result),
      json({{"resultType", "complete"},
            {"content", {{{"type", "text"}, {"text", "hi"}}}},
            {"_meta", {{"io.modelcontextprotocol/serverInfo", kServerInfo}}}}));
}

TEST(Protocol, NamesTheKindOfAnError) {
  const ToolResult result = ErrorResult(
      {ErrorKind::kUnavailable, "no answer from \"x\"", "Try later."});
  const json legacy = CallResult(Era::kLegacy, result);
  EXPECT_EQ(legacy["isError"], true);
  EXPECT_EQ(legacy["content"][0]["text"], "no answer from \"x\"\nTry later.");
  EXPECT_EQ(legacy["_meta"],
            json({{"io.github.example/error",
                   {{"kind", "unavailable"}, {"retryable", true}}}}));
  EXPECT_EQ(CallResult(Era::kModern, result)["_meta"].size(), 2u);
}

TEST(Protocol, SplicesStructuredContentOnOneLine) {
  const ToolResult result{.text = "t",
                          .structured = "{\n  \"a\": \"b\\nc\"\n}"};
  const std::string text =
      CallToolResult(Era::kLegacy, result, test::ToyInfo());
  EXPECT_EQ(text.find('\n'), std::string::npos);
  EXPECT_EQ(json::parse(text)["structuredContent"], json({{"a", "b\nc"}}));
}

TEST(Protocol, GivesFailedCallsNoStructuredContent) {
  const json result = CallResult(
      Era::kLegacy, {.text = "t", .structured = "{}", .error = ErrorKind{}});
  EXPECT_FALSE(result.contains("structuredContent"));
}

TEST(Protocol, ReplacesWhatIsNotUtf8) {
  const json result = CallResult(Era::kLegacy, {.text = "a\xff"
                                                        "b"});
  EXPECT_EQ(result["content"][0]["text"],
            "a\xef\xbf\xbd"
            "b");
}

TEST(Protocol, KeepsDeclarationsAsTheyAre) {
  const std::vector<std::string> declarations = {R"({"name":"b","z":1,"a":2})",
                                                 R"({"name":"a"})"};
  EXPECT_EQ(ListResult(Era::kLegacy, "tools", declarations, "", kStaticList,
                       test::ToyInfo()),
            R"({"tools":[{"name":"b","z":1,"a":2},{"name":"a"}]})");
  EXPECT_EQ(
      ListResult(Era::kLegacy, "tools", {}, "", kStaticList, test::ToyInfo()),
      R"({"tools":[]})");
}

TEST(Protocol, LetsClientsCacheModernLists) {
  const json result = json::parse(
      ListResult(Era::kModern, "tools", {}, "", kStaticList, test::ToyInfo()));
  EXPECT_EQ(result["cacheScope"], "public");
  EXPECT_GE(result["ttlMs"], 300000);
}

TEST(Protocol, WritesProgress) {
  EXPECT_EQ(
      json::parse(ProgressNotification(
          {.token_json = "\"t\"", .done = 2, .total = 4, .message = "half"})),
      json({{"jsonrpc", "2.0"},
            {"method", "notifications/progress"},
            {"params",
             {{"progressToken", "t"},
              {"progress", 2.0},
              {"total", 4.0},
              {"message", "half"}}}}));
  const json bare =
      json::parse(ProgressNotification({.token_json = "1", .done = 2}));
  EXPECT_EQ(bare["params"], json({{"progressToken", 1}, {"progress", 2.0}}));
}

}  // namespace
}  // namespace pmcp::server::protocol
