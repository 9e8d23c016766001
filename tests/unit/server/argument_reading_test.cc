#include "server/argument_reading.h"

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
    {R"({"type":["integer","string"]})", R"("5")", R"("5")"},
    {R"({"type":["integer","null"]})", R"("5")", "5"},

    // What is not certain stays as it is, for the check to refuse.
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
    {R"({"type":"string"})", "5", "5"},
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

TEST(ArgumentReading, FillsDefaultsOfWhatIsMissing) {
  const json properties = json::parse(
      R"({"a":{"default":1},"b":{"default":[]},"c":{"default":3},"d":{}})");
  json arguments = {{"c", 4}};
  FillDefaults(properties, arguments);
  EXPECT_EQ(arguments, json::parse(R"({"a":1,"b":[],"c":4})"));
}

}  // namespace
}  // namespace pmcp::server
