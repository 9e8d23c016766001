#include "pyroscope/connect/connect_client_transcode.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

namespace pmcp::pyroscope {
namespace {

const JsonMessage& Answer(std::string_view method) {
  return *FindJsonMethod(method)->answer;
}

std::string Read(std::string_view method, const std::string& text) {
  const auto bytes = FromJson(Answer(method), text, "the answer");
  return bytes.ok() ? *bytes : bytes.error().message;
}

constexpr const char* kWrong = "the answer is not the JSON that is expected";

TEST(Transcode, RefusesWhatDoesNotFit) {
  for (const char* text :
       {"", "7", "[]", "{", "{\"names\":", "{\"names\":{}}", "{\"names\":[[]]}",
        "{\"names\":[7]}", "{\"names\":[\"a\"]}x"}) {
    EXPECT_EQ(Read("LabelNames", text), kWrong) << text;
  }
  for (const char* text : {R"({"series":[{"points":[{"timestamp":"12x"}]}]})",
                           R"({"series":[{"points":[{"timestamp":1.5}]}]})",
                           R"({"series":[{"points":[{"value":"much"}]}]})",
                           R"({"series":["x"]})"}) {
    EXPECT_EQ(Read("SelectSeries", text), kWrong) << text;
  }
  EXPECT_EQ(Read("SelectMergeStacktraces", R"({"tree":"no base 64"})"), kWrong);
}

TEST(Transcode, SkipsWhatItDoesNotKnow) {
  EXPECT_EQ(
      Read("LabelNames",
           R"({"new":{"names":["x",{"a":[[1]]}]},"names":["a"],"b":[1]})"),
      "\x0a\x01"
      "a");
  EXPECT_EQ(Read("LabelNames", R"({"names":null})"), "");
}

TEST(Transcode, IsNotOverwhelmedByDepth) {
  const std::string deep(1'000'000, '[');
  EXPECT_EQ(Read("LabelNames", "{\"new\":" + deep), kWrong);
}

TEST(Transcode, NumbersOf64BitsComeAsTexts) {
  EXPECT_EQ(
      Read(
          "GetProfileStats",
          R"({"dataIngested":true,"oldestProfileTime":"-1","newestProfileTime":"9223372036854775807"})"),
      "\x08\x01\x10\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"
      "\x18\xff\xff\xff\xff\xff\xff\xff\xff\x7f");
}

// As in mappings of Linux, whose addresses end at 2^64.
TEST(Transcode, NumbersMayNeedAll64Bits) {
  EXPECT_EQ(Read("GetProfileStats",
                 R"({"oldestProfileTime":"18446744073699065856"})"),
            "\x10\x80\x80\x80\xfb\xff\xff\xff\xff\xff\x01");
}

TEST(Transcode, RefusesNumbersThatAreNone) {
  for (const char* number : {"", "-", "18446744073709551616"}) {
    EXPECT_EQ(Read("GetProfileStats",
                   fmt::format(R"({{"oldestProfileTime":"{}"}})", number)),
              kWrong)
        << number;
  }
  for (const char* number : {"", "1e999"}) {
    EXPECT_EQ(
        Read("SelectSeries",
             fmt::format(R"({{"series":[{{"points":[{{"value":"{}"}}]}}]}})",
                         number)),
        kWrong)
        << number;
  }
}

}  // namespace
}  // namespace pmcp::pyroscope
