#include "base/gzip.h"

#include <gtest/gtest.h>

namespace pmcp {
namespace {

constexpr std::size_t kLimit = 1 << 20;

TEST(Gunzip, UndoesGzip) {
  for (const std::string& text :
       {std::string(), std::string("hello"), std::string(100'000, 'x')}) {
    const auto back = Gunzip(Gzip(text), kLimit);
    ASSERT_TRUE(back.ok());
    EXPECT_EQ(*back, text);
  }
}

TEST(Gunzipper, PutsOneTextInPlaceOfTheOther) {
  Gunzipper gunzipper;
  ByteBuffer text;
  for (const std::string& expected :
       {std::string(100'000, 'x'), std::string("short"), std::string()}) {
    ASSERT_TRUE(gunzipper.Gunzip(Gzip(expected), kLimit, text).ok());
    EXPECT_EQ(text, expected);
    EXPECT_FALSE(gunzipper.Gunzip("no gzip", kLimit, text).ok());
  }
}

TEST(Gunzip, JoinsMembers) {
  const auto text = Gunzip(Gzip("one,") + Gzip("two"), kLimit);
  ASSERT_TRUE(text.ok());
  EXPECT_EQ(*text, "one,two");
}

TEST(Gunzip, StopsAtTheLimit) {
  const std::string file = Gzip(std::string(kLimit, '\0'));
  EXPECT_TRUE(Gunzip(file, kLimit).ok());
  const auto refused = Gunzip(file, kLimit - 1);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, ErrorKind::kTooLarge);
}

TEST(Gunzip, StopsAtTheLimitAlsoWhenTheFileLiesAboutItsSize) {
  std::string file = Gzip(std::string(kLimit * 2, '\0'));
  file.replace(file.size() - 4, 4, std::string(4, '\1'));
  const auto refused = Gunzip(file, kLimit);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, ErrorKind::kTooLarge);
}

TEST(Gunzip, RefusesWhatIsCutOrDamaged) {
  const std::string file = Gzip("some text that is long enough to cut");
  for (const std::string& bad :
       {file.substr(0, 1), file.substr(0, 10), file.substr(0, file.size() - 1),
        file + "trailing", std::string("\x1f\x8b")}) {
    const auto text = Gunzip(bad, kLimit);
    ASSERT_FALSE(text.ok());
    EXPECT_EQ(text.error().kind, ErrorKind::kInvalidArgument);
  }
  std::string flipped = file;
  flipped[file.size() - 6] ^= 1;  // the checksum
  EXPECT_FALSE(Gunzip(flipped, kLimit).ok());
}

TEST(IsGzip, LooksAtTheMagic) {
  EXPECT_TRUE(IsGzip("\x1f\x8b\x08"));
  EXPECT_FALSE(IsGzip("\x1f"));
  EXPECT_FALSE(IsGzip("\x0a\x04"));
}

}  // namespace
}  // namespace pmcp
