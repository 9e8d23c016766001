#include "server/http/post_route.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "server/core/protocol.h"

namespace pmcp::server {
namespace {

using Headers = std::map<std::string, std::string>;

constexpr const char* kClaim =
    R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",)"
    R"("io.modelcontextprotocol/clientCapabilities":{}})";

/// The route in a word: "stateless", "core" (refused there), "open", "drop",
/// "session ID", or "STATUS CODE".
std::string Route(const std::string& body, const Headers& headers = {}) {
  http::HttpFields fields;
  for (const auto& [name, value] : headers) fields.Add(name, value);
  const auto route = RoutePost(fields, jsonrpc::Parse(body), {});
  if (const auto* refused = std::get_if<RefusedPost>(&route)) {
    return std::to_string(refused->status) + " " +
           std::to_string(refused->answer.error_code);
  }
  if (const auto* session = std::get_if<SessionPost>(&route)) {
    return "session " + session->id;
  }
  if (const auto* stateless = std::get_if<StatelessPost>(&route)) {
    return stateless->rules.has_sessions ? "core" : "stateless";
  }
  return std::holds_alternative<OpeningPost>(route) ? "open" : "drop";
}

std::string Request(const std::string& method, const std::string& params = "") {
  return R"({"jsonrpc":"2.0","id":1,"method":")" + method + R"(","params":{)" +
         params + "}}";
}

const Headers kSession = {{"Mcp-Session-Id", "s"}};
const Headers kStateless = {{"MCP-Protocol-Version", "2026-07-28"},
                            {"Mcp-Method", "tools/list"}};

TEST(PostRoute, AClaimMakesARequestStatelessWhateverElseItSays) {
  EXPECT_EQ(Route(Request("tools/list", kClaim), kStateless), "stateless");
  Headers both = kStateless;
  both.insert(*kSession.begin());
  EXPECT_EQ(Route(Request("tools/list", kClaim), both), "stateless");
}

TEST(PostRoute, AClaimMustBeMirrored) {
  EXPECT_EQ(Route(Request("tools/list", kClaim)), "400 -32020");
  EXPECT_EQ(Route(Request("tools/call", kClaim), kStateless), "400 -32020");
}

TEST(PostRoute, MissingKeysComeBeforeHeaders) {
  EXPECT_EQ(
      Route(Request(
          "tools/list",
          R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"})")),
      "stateless");
  EXPECT_EQ(Route(Request("server/discover")), "stateless");
}

TEST(PostRoute, InitializeOpensASession) {
  EXPECT_EQ(Route(Request("initialize")), "open");
  EXPECT_EQ(
      Route(Request("initialize"), {{"MCP-Protocol-Version", "2025-06-18"}}),
      "open");
  EXPECT_EQ(Route(Request("initialize"), kSession), "open");
  EXPECT_EQ(Route(Request("initialize"), kStateless), "400 -32020");
  EXPECT_EQ(Route(Request("initialize"), {{"MCP-Protocol-Version", "x"}}),
            "400 -32020");
}

TEST(PostRoute, RequestsWithoutAClaimNeedTheirSession) {
  EXPECT_EQ(Route(Request("tools/list"), kSession), "session s");
  EXPECT_EQ(Route(Request("tools/list")), "400 -32000");
  EXPECT_EQ(Route(Request("tools/list"),
                  {{"Mcp-Session-Id", "s"}, {"MCP-Protocol-Version", "x"}}),
            "400 -32600");
  EXPECT_EQ(Route(Request("tools/list"), kStateless), "stateless")
      << "told of the missing keys";
}

TEST(PostRoute, NotificationsAndResponses) {
  const std::string notification =
      R"({"jsonrpc":"2.0","method":"notifications/initialized"})";
  const std::string response = R"({"jsonrpc":"2.0","id":1,"result":{}})";
  EXPECT_EQ(Route(notification, kSession), "session s");
  EXPECT_EQ(Route(notification), "drop");
  EXPECT_EQ(Route(response, kSession), "session s");
  EXPECT_EQ(Route(response), "400 -32600");
}

TEST(PostRoute, TheCoreRefusesWhatIsNoMessage) {
  EXPECT_EQ(Route("{"), "core");
  EXPECT_EQ(Route("1"), "core");
  EXPECT_EQ(Route("[" + Request("ping") + "]"), "core");
  EXPECT_EQ(Route("[" + Request("ping") + "]", kSession), "session s");
}

TEST(PostRoute, StatusFollowsTheErrorOfARefusal) {
  const auto status = [](int code, bool refused, bool is_stateless) {
    const protocol::Version& version = is_stateless
                                           ? protocol::NewestStatelessVersion()
                                           : protocol::NewestSessionVersion();
    return StatusOf({.error_code = code, .refused = refused}, version.rules);
  };
  EXPECT_EQ(status(0, false, true), 200);
  EXPECT_EQ(status(protocol::kMethodNotFound, true, true), 404);
  EXPECT_EQ(status(protocol::kMethodNotFound, true, false), 200);
  EXPECT_EQ(status(protocol::kInvalidParams, true, true), 400);
  EXPECT_EQ(status(protocol::kInvalidParams, true, false), 200);
  EXPECT_EQ(status(protocol::kInvalidParams, false, true), 200)
      << "an error that the method itself found";
  EXPECT_EQ(status(protocol::kUnsupportedVersion, true, true), 400);
  EXPECT_EQ(status(protocol::kParseError, true, false), 400);
  EXPECT_EQ(status(protocol::kServerBusy, true, false), 503);
}

}  // namespace
}  // namespace pmcp::server
