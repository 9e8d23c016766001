#include "server/offer/schema.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

namespace pmcp::server {
namespace {

using nlohmann::json;

constexpr std::string_view kDeclaration = R"({
  "name": "toy",
  "inputSchema": {
    "type": "object",
    "properties": {
      "text": {"type": "string", "minLength": 1, "maxLength": 3},
      "limit": {"type": "integer", "minimum": 1, "maximum": 9, "default": 5},
      "share": {"type": "number", "minimum": 0, "exclusiveMaximum": 1},
      "format": {"type": "string", "enum": ["table", "json"]},
      "wide": {"type": "boolean"},
      "ids": {"type": "array", "items": {"type": "string", "maxLength": 2},
              "minItems": 1, "maxItems": 2, "uniqueItems": true}
    },
    "required": ["text"],
    "additionalProperties": false
  }
})";

/// The converted arguments, or the error message.
std::string Check(const InputSchema& schema, const char* arguments) {
  const auto checked = schema.Check(json::parse(arguments));
  if (checked) return checked->dump();
  EXPECT_EQ(checked.error().kind, ErrorKind::kInvalidArgument);
  return checked.error().message;
}

TEST(InputSchema, FillsDefaultsAndReadsAsMeant) {
  const InputSchema schema(kDeclaration);
  EXPECT_EQ(Check(schema, R"({"text":"a"})"), R"({"limit":5,"text":"a"})");
  EXPECT_EQ(Check(schema, R"({"text":"a","limit":"7","ids":"x","wide":"true",
                              "share":0})"),
            R"({"ids":["x"],"limit":7,"share":0,"text":"a","wide":true})");
  EXPECT_EQ(Check(schema, R"({"text":12,"limit":null,"ids":null})"),
            R"({"limit":5,"text":"12"})");
}

struct RefusalCase {
  const char* arguments;
  const char* message;
};

const RefusalCase kRefusalCases[] = {
    {R"({})",
     R"(argument "text" is missing; it must be a string from 1 to 3 characters)"},
    {R"({"text":""})",
     R"(argument "text" must be a string from 1 to 3 characters, not "")"},
    {R"({"text":"abcd"})",
     R"(argument "text" must be a string from 1 to 3 characters, not "abcd")"},
    {R"({"text":null})",
     R"(argument "text" is missing; it must be a string from 1 to 3 characters)"},
    {R"({"text":12345})",
     R"(argument "text" must be a string from 1 to 3 characters, not 12345)"},
    {R"({"text":"a","ids":[null]})",
     R"(argument "ids" must be a list, each a string of at most 2 characters, from 1 to 2 entries, not [null])"},
    {R"({"text":"a","nope":null})",
     R"(unknown argument "nope"; valid ones are format, ids, limit, share, text, wide)"},
    {R"({"text":"a","limit":0})",
     R"(argument "limit" must be an integer from 1 to 9, not 0)"},
    {R"({"text":"a","limit":10})",
     R"(argument "limit" must be an integer from 1 to 9, not 10)"},
    {R"({"text":"a","limit":"10"})",
     R"(argument "limit" must be an integer from 1 to 9, not "10")"},
    {R"({"text":"a","limit":1.5})",
     R"(argument "limit" must be an integer from 1 to 9, not 1.5)"},
    {R"({"text":"a","share":1})",
     R"(argument "share" must be a number of at least 0, not 1)"},
    {R"({"text":"a","format":"xml"})",
     R"(argument "format" must be one of "table", "json", not "xml")"},
    {R"({"text":"a","wide":"maybe"})",
     R"(argument "wide" must be true or false, not "maybe")"},
    {R"({"text":"a","ids":[]})",
     R"(argument "ids" must be a list, each a string of at most 2 characters, from 1 to 2 entries, not [])"},
    {R"({"text":"a","ids":["a","b","c"]})",
     R"(argument "ids" must be a list, each a string of at most 2 characters, from 1 to 2 entries, not ["a","b","c"])"},
    {R"({"text":"a","ids":["abc"]})",
     R"(argument "ids" must be a list, each a string of at most 2 characters, from 1 to 2 entries, not ["abc"])"},
    {R"({"text":"a","ids":["a","a"]})",
     R"(argument "ids" must be a list, each a string of at most 2 characters, from 1 to 2 entries, not ["a","a"])"},
    {R"({"text":"a","nope":1})",
     R"(unknown argument "nope"; valid ones are format, ids, limit, share, text, wide)"},
    {R"({"limit":0,"text":true})",
     R"(argument "limit" must be an integer from 1 to 9, not 0; argument "text" must be a string from 1 to 3 characters, not true)"},
};

TEST(InputSchema, RefusesByTheTable) {
  const InputSchema schema(kDeclaration);
  for (const RefusalCase& row : kRefusalCases) {
    EXPECT_EQ(Check(schema, row.arguments), row.message);
  }
}

TEST(InputSchema, CountsCharactersNotBytes) {
  const InputSchema schema(kDeclaration);
  EXPECT_EQ(Check(schema, R"({"text":"äöü"})"), R"({"limit":5,"text":"äöü"})");
}

TEST(InputSchema, NeedsNoProperties) {
  const InputSchema schema(
      R"({"inputSchema":{"type":"object","additionalProperties":false}})");
  EXPECT_EQ(Check(schema, "{}"), "{}");
  EXPECT_EQ(Check(schema, R"({"a":1})"), R"(unknown argument "a")");
}

TEST(InputSchema, IsCompiledOnceByManyThreads) {
  const InputSchema schema(kDeclaration);
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&schema] {
      EXPECT_EQ(Check(schema, R"({"text":"a"})"), R"({"limit":5,"text":"a"})");
    });
  }
}

TEST(InputSchemaDeathTest, EndsTheProcessOnPromisesNobodyKeeps) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const InputSchema schema(
      R"({"inputSchema":{"type":"object","dependentRequired":{}}})");
  EXPECT_DEATH(Check(schema, "{}"), "check failed");
}

}  // namespace
}  // namespace pmcp::server
