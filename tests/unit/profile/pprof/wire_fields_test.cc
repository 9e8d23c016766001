#include "profile/pprof/wire_fields.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/support/wire_writer.h"

namespace pmcp::profile {
namespace {

using test::WireWriter;

std::string ToText(std::string_view message) {
  WireProblem problem = WireProblem::kNone;
  WireFields field(message, problem);
  std::string text;
  while (field.Next()) {
    text +=
        field.is_number()  ? fmt::format("{}:{} ", field.tag(), field.number())
        : field.is_bytes() ? fmt::format("{}:{} ", field.tag(), field.bytes())
                           : fmt::format("{}:? ", field.tag());
  }
  if (problem == WireProblem::kCutShort) text += "cut short";
  if (problem == WireProblem::kBroken) text += "broken";
  return text;
}

std::string Bytes(std::initializer_list<int> bytes) {
  std::string text;
  for (const int byte : bytes) text.push_back(static_cast<char>(byte));
  return text;
}

TEST(WireFields, GoesFromFieldToField) {
  EXPECT_EQ(ToText(""), "");
  EXPECT_EQ(
      ToText(WireWriter().Number(1, 0).Bytes(2, "text").Fixed64(3).bytes()),
      "1:0 2:text 3:? ");
  EXPECT_EQ(ToText(Bytes({0x0d, 1, 2, 3, 4, 0x10, 5})), "1:? 2:5 ");
}

TEST(WireFields, ReadsNumbersOfEveryLength) {
  for (int bits = 0; bits < 64; ++bits) {
    const std::uint64_t number = std::uint64_t{1} << bits;
    EXPECT_EQ(ToText(WireWriter().Number(3, number).bytes()),
              fmt::format("3:{} ", number));
    EXPECT_EQ(ToText(WireWriter().Number(3, number - 1).Number(4, 7).bytes()),
              fmt::format("3:{} 4:7 ", number - 1));
  }
  EXPECT_EQ(ToText(WireWriter().Number(3, ~std::uint64_t{0}).bytes()),
            "3:18446744073709551615 ");
  // More bytes than necessary.
  EXPECT_EQ(ToText(Bytes({0x08, 0x80, 0x80, 0x00})), "1:0 ");
}

TEST(WireFields, ReadsTagsUpToTheLargest) {
  constexpr std::uint32_t kLargest = (1u << 29) - 1;
  EXPECT_EQ(ToText(WireWriter().Number(kLargest, 1).bytes()),
            fmt::format("{}:1 ", kLargest));
  EXPECT_EQ(ToText(Bytes({0x80, 0x80, 0x80, 0x80, 0x10, 1})), "broken");
}

TEST(WireFields, SaysWhatIsWrong) {
  EXPECT_EQ(ToText(Bytes({0x08})), "cut short");
  EXPECT_EQ(ToText(Bytes({0x08, 0x80})), "cut short");
  EXPECT_EQ(ToText(Bytes({0x80})), "cut short");
  EXPECT_EQ(ToText(Bytes({0x0a})), "cut short");
  EXPECT_EQ(ToText(Bytes({0x0a, 2, 'x'})), "cut short");
  EXPECT_EQ(ToText(Bytes({0x09, 1, 2, 3})), "cut short");
  EXPECT_EQ(ToText(Bytes({0x0d, 1, 2, 3})), "cut short");
  EXPECT_EQ(ToText(Bytes({0x00, 1})), "broken");  // field 0
  for (const int type : {3, 4, 6, 7}) {
    EXPECT_EQ(ToText(Bytes({0x08 | type, 1})), "broken") << type;
  }
  EXPECT_EQ(ToText(Bytes({0x08, 1, 0x08}) + std::string(10, '\xff') + "\x01"),
            "1:1 broken");
}

TEST(WireFields, ALengthBeyond32BitsIsNotCutToThem) {
  const std::string length = Bytes({0x82, 0x80, 0x80, 0x80, 0x10});  // 2^32 + 2
  EXPECT_EQ(ToText("\x0a" + length + "xy"), "cut short");
}

TEST(WireFields, TheFirstProblemOfSeveralMessagesIsKept) {
  WireProblem problem = WireProblem::kNone;
  const std::string broken = Bytes({0x00});
  const std::string cut = Bytes({0x08});
  EXPECT_FALSE(WireFields(broken, problem).Next());
  EXPECT_FALSE(WireFields(cut, problem).Next());
  EXPECT_EQ(problem, WireProblem::kBroken);
}

}  // namespace
}  // namespace pmcp::profile
