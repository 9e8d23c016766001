#include "server/http/mirror_headers.h"

#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "base/base64.h"
#include "server/core/protocol.h"

namespace pmcp::server {
namespace {

using Headers = std::map<std::string, std::string>;

constexpr const char* kTool = R"({"name": "deploy", "inputSchema": {
  "type": "object", "properties": {
    "region": {"type": "string", "x-mcp-header": "Region"},
    "size": {"type": "integer", "x-mcp-header": "Size"},
    "dry": {"type": "boolean", "x-mcp-header": "Dry"},
    "to": {"type": "object", "properties": {
      "zone": {"type": "string", "x-mcp-header": "Zone"}}}}}})";

/// The error of CheckMirrorHeaders for a call of `deploy`, or "".
std::string Check(Headers headers, const std::string& arguments = "{}",
                  const std::string& name = "deploy") {
  const std::string version(protocol::kVersions[0].name);
  headers.try_emplace("MCP-Protocol-Version", version);
  headers.try_emplace("Mcp-Method", "tools/call");
  headers.try_emplace("Mcp-Name", name);
  http::HttpFields fields;
  for (const auto& [key, value] : headers) {
    if (value != "-") fields.Add(key, value);
  }
  nlohmann::json params = {{"name", name},
                           {"arguments", nlohmann::json::parse(arguments)}};
  params["_meta"][std::string(protocol::kMetaVersion)] = version;
  const jsonrpc::Request request{
      *RequestId::From(1), "tools/call",
      std::make_shared<const nlohmann::json>(params)};
  const auto error = CheckMirrorHeaders(
      fields, request, MirroredArguments({{.declaration = kTool}}));
  if (!error) return "";
  EXPECT_EQ(error->code, protocol::kHeaderMismatch);
  return error->message;
}

TEST(MirrorHeaders, AgreeWithTheBody) { EXPECT_EQ(Check({}), ""); }

TEST(MirrorHeaders, NamesAreComparedWithoutCase) {
  EXPECT_EQ(Check({{"Mcp-Method", "-"}, {"mcp-method", "tools/call"}}), "");
}

TEST(MirrorHeaders, MustBeThere) {
  EXPECT_EQ(Check({{"MCP-Protocol-Version", "-"}}),
            "Header mismatch: MCP-Protocol-Version is missing");
  EXPECT_EQ(Check({{"Mcp-Method", "-"}}),
            "Header mismatch: Mcp-Method is missing");
  EXPECT_EQ(Check({{"Mcp-Name", "-"}}), "Header mismatch: Mcp-Name is missing");
}

TEST(MirrorHeaders, MustSayWhatTheBodySays) {
  EXPECT_EQ(Check({{"Mcp-Method", "Tools/Call"}}),
            "Header mismatch: Mcp-Method header value 'Tools/Call' does not "
            "match body value 'tools/call'");
  EXPECT_NE(Check({{"MCP-Protocol-Version", "2025-11-25"}}), "");
  EXPECT_NE(Check({{"Mcp-Name", "Deploy"}}), "");
}

TEST(MirrorHeaders, NamesMayBeEncoded) {
  EXPECT_EQ(Check({{"Mcp-Name", "=?base64?SGVsbG8sIOS4lueVjA==?="}}, "{}",
                  "Hello, 世界"),
            "");
  EXPECT_EQ(Check({{"Mcp-Name", "=?base64?IHBhZGRlZCA=?="}}, "{}", " padded "),
            "");
  EXPECT_NE(Check({{"Mcp-Name", "=?base64?SGVsbG8?="}}, "{}", "Hello"), "")
      << "padding is missing";
  EXPECT_NE(Check({{"Mcp-Name", "=?base64?SGVs!!!bG8=?="}}, "{}", "Hello"), "");
  EXPECT_NE(Check({{"Mcp-Name", "世界"}}, "{}", "世界"), "") << "raw UTF-8";
}

TEST(MirrorHeaders, ArgumentsAreMirroredWhereTheSchemaSaysSo) {
  EXPECT_EQ(Check({{"Mcp-Param-Region", "eu"}}, R"({"region": "eu"})"), "");
  EXPECT_EQ(Check({{"Mcp-Param-Size", "42.0"}}, R"({"size": 42})"), "");
  EXPECT_EQ(Check({{"Mcp-Param-Dry", "true"}}, R"({"dry": true})"), "");
  EXPECT_EQ(Check({{"Mcp-Param-Zone", "a"}}, R"({"to": {"zone": "a"}})"), "");
  EXPECT_EQ(Check({}, R"({"region": null})"), "") << "null is no value";
}

TEST(MirrorHeaders, MirroredArgumentsMustAgree) {
  EXPECT_EQ(Check({}, R"({"region": "eu"})"),
            "Header mismatch: Mcp-Param-Region is missing");
  EXPECT_EQ(Check({{"Mcp-Param-Region", "eu"}}),
            "Header mismatch: Mcp-Param-Region has a value and the body has "
            "none");
  EXPECT_NE(Check({{"Mcp-Param-Region", "EU"}}, R"({"region": "eu"})"), "");
  EXPECT_NE(Check({{"Mcp-Param-Size", "43"}}, R"({"size": 42})"), "");
  EXPECT_NE(Check({{"Mcp-Param-Size", "[[["}}, R"({"size": 42})"), "");
  EXPECT_NE(Check({{"Mcp-Param-Dry", "True"}}, R"({"dry": true})"), "");
}

TEST(Base64, ReadsWhatEncodersWrite) {
  EXPECT_EQ(DecodeBase64(""), "");
  EXPECT_EQ(DecodeBase64("Zg=="), "f");
  EXPECT_EQ(DecodeBase64("Zm8="), "fo");
  EXPECT_EQ(DecodeBase64("Zm9v"), "foo");
  EXPECT_EQ(DecodeBase64("+/+/"), "\xfb\xff\xbf");
}

TEST(Base64, RefusesEverythingElse) {
  for (const char* text : {"Z", "Zg", "Zg=", "Zg===", "====", "Zh==", "Zm9=",
                           "Zm-v", "Zm 9v", "=Zm9", "Zg==Zg=="}) {
    EXPECT_EQ(DecodeBase64(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace pmcp::server
