#include "server/offer/argument_reading.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace pmcp::server {
namespace {

using nlohmann::json;

struct ReadingCase {
  const char* schema;
  const char* given;
  const char* read;
};

const ReadingCase kReadingCases[] = {
    {R"({"type":"integer"})", "5", "5"},
    {R"({"type":"integer"})", R"("5")", "5"},
    {R"({"type":"integer"})", R"("-5")", "-5"},
    {R"({"type":"integer"})", "5.0", "5"},
    {R"({"type":"integer"})", R"("9223372036854775807")",
     "9223372036854775807"},
    {R"({"type":"number"})", R"("1.5")", "1.5"},
    {R"({"type":"number"})", "1", "1"},
    {R"({"type":"boolean"})", R"("true")", "true"},
    {R"({"type":"boolean"})", R"("false")", "false"},
    {R"({"type":"array","items":{"type":"string"}})", R"("a")", R"(["a"])"},
    {R"({"type":"array","items":{"type":"integer"}})", R"("5")", "[5]"},
    {R"({"type":"array","items":{"type":"integer"}})", R"(["5",6])", "[5,6]"},
    {R"({"type":"array"})", "5", "[5]"},
    // Lists and whole numbers as some clients send them.
    {R"({"type":"array","items":{"type":"string"}})", R"("[\"a\",\"b\"]")",
     R"(["a","b"])"},
    {R"({"type":"array","items":{"type":"integer"}})", R"("[\"5\",6]")",
     "[5,6]"},
    {R"({"type":"array","items":{"type":"string"}})", R"("[a")", R"(["[a"])"},
    {R"({"type":"integer"})", R"("3.0")", "3"},
    {R"({"type":["integer","string"]})", R"("5")", R"("5")"},
    {R"({"type":["integer","null"]})", R"("5")", "5"},
    {R"({"type":"string"})", "5", R"("5")"},
    {R"({"type":"string"})", "-5", R"("-5")"},
    {R"({"type":"string"})", "1785232800", R"("1785232800")"},
    {R"({"type":"string"})", "1785232800.0", R"("1785232800")"},
    {R"({"type":"string"})", "1.7852328e9", R"("1785232800")"},
    {R"({"type":"string"})", "1785232800.25", R"("1785232800.25")"},
    {R"({"type":"string"})", "18446744073709551615",
     R"("18446744073709551615")"},
    {R"({"type":"array","items":{"type":"string"}})", "5", R"(["5"])"},
    {R"({"type":"array","items":{"type":"string"}})", "[5]", R"(["5"])"},
    {R"({"type":["integer","string"]})", "5", "5"},

    // Uncertain values stay unchanged, and the check refuses them.
    {R"({"type":"integer"})", "5.5", "5.5"},
    {R"({"type":"integer"})", "1e300", "1e300"},
    {R"({"type":"integer"})", R"(" 5")", R"(" 5")"},
    {R"({"type":"integer"})", R"("5 items")", R"("5 items")"},
    {R"({"type":"integer"})", R"("9223372036854775808")",
     R"("9223372036854775808")"},
    {R"({"type":"integer"})", R"("")", R"("")"},
    {R"({"type":"integer"})", "true", "true"},
    {R"({"type":"number"})", R"("inf")", R"("inf")"},
    {R"({"type":"number"})", R"("nan")", R"("nan")"},
    {R"({"type":"boolean"})", R"("yes")", R"("yes")"},
    {R"({"type":"boolean"})", "1", "1"},
    {R"({"type":"string"})", "1e300", "1e+300"},
    {R"({"type":"string"})", "0.0000001", "1e-07"},
    {R"({"type":"string"})", "true", "true"},
    {R"({"type":"string"})", "null", "null"},
    {R"({"type":"array"})", "null", "null"},
    {R"({"type":"array"})", "{}", "{}"},
    {R"({})", R"("5")", R"("5")"},
};

TEST(ArgumentReading, UnderstandsWhatWasMeant) {
  for (const ReadingCase& row : kReadingCases) {
    EXPECT_EQ(
        ReadAsMeant(json::parse(row.given), json::parse(row.schema)).dump(),
        json::parse(row.read).dump())
        << row.given << " for " << row.schema;
  }
}

TEST(ArgumentReading, NullIsAbsentUnlessItIsAValue) {
  const json text = {{"type", "string"}};
  EXPECT_TRUE(CountsAsAbsent(nullptr, text));
  EXPECT_FALSE(CountsAsAbsent("", text));
  EXPECT_FALSE(CountsAsAbsent(0, text));
  EXPECT_FALSE(CountsAsAbsent(json::object(), text));
  EXPECT_FALSE(CountsAsAbsent(nullptr, {{"type", {"string", "null"}}}));
  EXPECT_FALSE(CountsAsAbsent(nullptr, json::object()));
}

TEST(ArgumentReading, FillsDefaultsOfWhatIsMissing) {
  const json properties = json::parse(
      R"({"a":{"default":1},"b":{"default":[]},"c":{"default":3},"d":{}})");
  json arguments = {{"c", 4}};
  FillDefaults(properties, arguments);
  EXPECT_EQ(arguments, json::parse(R"({"a":1,"b":[],"c":4})"));
}

}  // namespace
}  // namespace pmcp::server
