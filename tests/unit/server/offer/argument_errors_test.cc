#include "server/offer/argument_errors.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

namespace pmcp::server {
namespace {

using nlohmann::json;

struct AllowedCase {
  const char* schema;
  const char* words;
};

const AllowedCase kAllowedCases[] = {
    {R"({"type":"integer"})", "an integer"},
    {R"({"type":"integer","minimum":1,"maximum":9})", "an integer from 1 to 9"},
    {R"({"type":"integer","minimum":1})", "an integer of at least 1"},
    {R"({"type":"number","maximum":0.5})", "a number of at most 0.5"},
    {R"({"type":"string"})", "a string"},
    {R"({"type":"string","minLength":1,"maxLength":9})",
     "a string from 1 to 9 characters"},
    {R"({"type":"boolean"})", "true or false"},
    {R"({"type":"object"})", "an object"},
    {R"({"type":"array"})", "a list"},
    {R"({"type":"array","items":{"type":"string"},"maxItems":3})",
     "a list, each a string, of at most 3 entries"},
    {R"({"enum":["a","b"]})", R"(one of "a", "b")"},
    {R"({"enum":["a"]})", R"("a")"},
    {R"({"type":["integer","null"],"minimum":0})",
     "an integer of at least 0 or null"},
};

TEST(ArgumentErrors, SayWhatIsAllowed) {
  for (const AllowedCase& row : kAllowedCases) {
    EXPECT_EQ(Allowed(json::parse(row.schema)), row.words) << row.schema;
  }
}

TEST(ArgumentErrors, QuoteWhatCame) {
  const json schema = {{"type", "integer"}, {"examples", {7}}};
  const Error error = WrongArgument("limit", "many", schema);
  EXPECT_EQ(error.kind, ErrorKind::kInvalidArgument);
  EXPECT_EQ(error.message,
            "argument \"limit\" must be an integer, not \"many\"");
  EXPECT_EQ(error.hint, "Write for example \"limit\": 7.");
}

TEST(ArgumentErrors, SuggestTheNearestValue) {
  const json schema = {{"enum", {"table", "json"}}, {"default", "table"}};
  EXPECT_EQ(WrongArgument("format", "tabel", schema).hint,
            "Did you mean \"table\"?");
  EXPECT_EQ(WrongArgument("format", "yaml-like", schema).hint,
            "Write for example \"format\": \"table\".");
}

TEST(ArgumentErrors, ShortenAndCleanWhatCame) {
  const json schema = {{"type", "integer"}};
  const Error error =
      WrongArgument("limit", std::string(1'000'000, 'x') + "\x1b[31m", schema);
  EXPECT_LT(error.message.size(), 200u);
  EXPECT_EQ(error.message.find('\x1b'), std::string::npos);
}

TEST(ArgumentErrors, ListWhatIsValid) {
  const json properties = {{"limit", json::object()},
                           {"format", json::object()}};
  const Error near = UnknownArgument("limt", properties);
  EXPECT_EQ(near.message,
            "unknown argument \"limt\"; valid ones are format, limit");
  EXPECT_EQ(near.hint, "Did you mean \"limit\"?");
  EXPECT_EQ(UnknownArgument("zzz", properties).hint, "Leave \"zzz\" out.");
  EXPECT_EQ(UnknownArgument("zzz", json::object()).hint,
            "Call this tool without arguments.");
}

TEST(ArgumentErrors, ShowHowToGiveWhatIsMissing) {
  const Error error =
      MissingArgument("label", {{"type", "string"}, {"examples", {"pod"}}});
  EXPECT_EQ(error.message,
            "argument \"label\" is missing; it must be a string");
  EXPECT_EQ(error.hint, "Write for example \"label\": \"pod\".");
}

TEST(ArgumentErrors, JoinWithoutRepeatingHints) {
  const Error errors[] = {InvalidArgument("a", "Do x."),
                          InvalidArgument("b", "Do x."),
                          InvalidArgument("c", "Do y.")};
  const Error joined = JoinErrors(errors);
  EXPECT_EQ(joined.message, "a; b; c");
  EXPECT_EQ(joined.hint, "Do x. Do y.");
}

}  // namespace
}  // namespace pmcp::server
