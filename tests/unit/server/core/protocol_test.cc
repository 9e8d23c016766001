#include "server/core/protocol.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <vector>

#include "server/core/mcp_results.h"
#include "tests/support/toy_server.h"

namespace pmcp::server::protocol {
namespace {

using nlohmann::json;

const Rules& kSession = NewestSessionVersion().rules;
const Rules& kStateless = NewestStatelessVersion().rules;

json CallResult(const Rules& rules, const ToolResult& result) {
  return json::parse(CallToolResult(rules, result, test::ToyInfo()));
}

const json kServerInfo = {{"name", "toy-server"}, {"version", "1.2.3"}};

TEST(Protocol, ListsVersionsNewestFirst) {
  for (std::size_t i = 1; i < std::size(kVersions); ++i) {
    EXPECT_GT(kVersions[i - 1].name, kVersions[i].name);
  }
  EXPECT_TRUE(FindVersion("2024-11-05")->rules.has_sessions);
  EXPECT_FALSE(FindVersion("2026-07-28")->rules.has_sessions);
  EXPECT_EQ(FindVersion("2024-11-06"), nullptr);
  EXPECT_EQ(NewestSessionVersion().name, "2025-11-25");
  EXPECT_EQ(NewestStatelessVersion().name, "2026-07-28");
}

TEST(Protocol, MarksResultsWhereTheRulesSaySo) {
  const ToolResult result{.text = "hi"};
  EXPECT_EQ(CallResult(kSession, result),
            json({{"content", {{{"type", "text"}, {"text", "hi"}}}}}));
  EXPECT_EQ(
      CallResult(kStateless, result),
      json({{"resultType", "complete"},
            {"content", {{{"type", "text"}, {"text", "hi"}}}},
            {"_meta", {{"io.modelcontextprotocol/serverInfo", kServerInfo}}}}));
}

TEST(Protocol, NamesTheKindOfAnError) {
  const ToolResult result = ErrorResult(
      {ErrorKind::kUnavailable, "no answer from \"x\"", "Try later."});
  const json failed = CallResult(kSession, result);
  EXPECT_EQ(failed["isError"], true);
  EXPECT_EQ(failed["content"][0]["text"], "no answer from \"x\"\nTry later.");
  EXPECT_EQ(failed["_meta"],
            json({{"io.github.example/error",
                   {{"kind", "unavailable"}, {"retryable", true}}}}));
  EXPECT_EQ(CallResult(kStateless, result)["_meta"].size(), 2u);
}

TEST(Protocol, SplicesStructuredContentOnOneLine) {
  const ToolResult result{.text = "t",
                          .structured = "{\n  \"a\": \"b\\nc\"\n}"};
  const std::string text = CallToolResult(kSession, result, test::ToyInfo());
  EXPECT_EQ(text.find('\n'), std::string::npos);
  EXPECT_EQ(json::parse(text)["structuredContent"], json({{"a", "b\nc"}}));
}

TEST(Protocol, GivesFailedCallsNoStructuredContent) {
  const json result = CallResult(
      kSession, {.text = "t", .structured = "{}", .error = ErrorKind{}});
  EXPECT_FALSE(result.contains("structuredContent"));
}

TEST(Protocol, ReplacesWhatIsNotUtf8) {
  const json result = CallResult(kSession, {.text = "a\xff"
                                                    "b"});
  EXPECT_EQ(result["content"][0]["text"],
            "a\xef\xbf\xbd"
            "b");
}

TEST(Protocol, KeepsDeclarationsAsTheyAre) {
  const std::vector<std::string> declarations = {R"({"name":"b","z":1,"a":2})",
                                                 R"({"name":"a"})"};
  EXPECT_EQ(ListResult(kSession, "tools", declarations, "", kStaticList,
                       test::ToyInfo()),
            R"({"tools":[{"name":"b","z":1,"a":2},{"name":"a"}]})");
  EXPECT_EQ(ListResult(kSession, "tools", {}, "", kStaticList, test::ToyInfo()),
            R"({"tools":[]})");
}

TEST(Protocol, LetsClientsCacheListsWhereTheRulesSaySo) {
  const json result = json::parse(
      ListResult(kStateless, "tools", {}, "", kStaticList, test::ToyInfo()));
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
