#include "base/base64.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace pmcp {
namespace {

TEST(Base64, EncodesTheExamplesOfTheStandard) {
  const struct {
    const char* bytes;
    const char* text;
  } examples[] = {{"", ""},
                  {"f", "Zg=="},
                  {"fo", "Zm8="},
                  {"foo", "Zm9v"},
                  {"foob", "Zm9vYg=="},
                  {"fooba", "Zm9vYmE="},
                  {"foobar", "Zm9vYmFy"}};
  for (const auto& example : examples) {
    EXPECT_EQ(ToBase64(example.bytes), example.text);
    EXPECT_EQ(DecodeBase64(example.text), example.bytes);
    std::string url = example.text;
    url.resize(url.find_last_not_of('=') + 1);
    EXPECT_EQ(ToBase64Url(example.bytes), url);
    EXPECT_EQ(DecodeBase64Url(url), example.bytes);
  }
}

TEST(Base64, HasTwoAlphabets) {
  EXPECT_EQ(ToBase64("\xff\xef\xbe"), "/+++");
  EXPECT_EQ(ToBase64Url("\xff\xef\xbe"), "_---");
  EXPECT_EQ(DecodeBase64("_---"), std::nullopt);
  EXPECT_EQ(DecodeBase64Url("/+++"), std::nullopt);
}

TEST(Base64, TakesOneSpellingOnly) {
  for (const char* text : {"Zg", "Zg=", "Zg===", "Zh==", "Zm9", "Z", "Zm8=\n",
                           "Zm 8=", "=", "Zg==Zg==", "Z===", "Zg=a", "Zm 9"}) {
    EXPECT_EQ(DecodeBase64(text), std::nullopt) << text;
  }
  for (const char* text : {"Z", "Zh", "Zg==", "Zm8="}) {
    EXPECT_EQ(DecodeBase64Url(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace pmcp
