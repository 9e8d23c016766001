#include "app/call_arguments.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <vector>

namespace pmcp::app {
namespace {

using nlohmann::json;

Result<json> Parse(const std::vector<std::string>& words) {
  return ParseCallArguments(words);
}

TEST(ParseCallArguments, ReadsWordsAndLists) {
  EXPECT_EQ(*Parse({"service=shop", "group_by=pod", "group_by=version",
                    "selector=a=\"b\"", "focus="}),
            (json{{"service", "shop"},
                  {"group_by", {"pod", "version"}},
                  {"selector", "a=\"b\""},
                  {"focus", ""}}));
  EXPECT_EQ(*Parse({"group_by=[]", "focus=[a-z]"}),
            (json{{"group_by", json::array()}, {"focus", "[a-z]"}}));
  EXPECT_EQ(*Parse({}), json::object());
}

TEST(ParseCallArguments, ReadsOneObject) {
  EXPECT_EQ(*Parse({R"({"limit":5})"}), (json{{"limit", 5}}));
}

TEST(ParseCallArguments, RefusesTheRestAndSaysHow) {
  EXPECT_FALSE(Parse({"shop"}).ok());
  EXPECT_FALSE(Parse({"=shop"}).ok());
  EXPECT_FALSE(Parse({"{\"limit\":"}).ok());
  const Error no_path = Parse({"cpu.porf"}).error();
  EXPECT_EQ(no_path.message,
            "\"cpu.porf\" is neither key=value nor an existing file or folder");
  EXPECT_NE(no_path.hint.find("service=shop"), std::string::npos);
  EXPECT_NE(no_path.hint.find("cpu.prof"), std::string::npos);
  EXPECT_NE(
      Parse({"http://localhost:4040"}).error().hint.find("--pyroscope-url"),
      std::string::npos);
}

}  // namespace
}  // namespace pmcp::app
