#include "base/zstd.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>

namespace pmcp {
namespace {

constexpr std::size_t kLimit = 1 << 20;

/// A frame without a checksum, whose window is 4 MiB (RFC 8878, 3.1.1).
std::string Frame(std::string_view blocks) {
  std::string frame("\x28\xb5\x2f\xfd\x00\x58", 6);
  return frame.append(blocks);
}

/// The last block of a frame: its size and type, then its bytes.
std::string Block(std::size_t size, std::size_t type, std::string_view bytes) {
  const std::size_t header = size << 3 | type << 1 | 1;
  std::string block;
  for (int i = 0; i < 3; ++i) {
    block.push_back(static_cast<char>(header >> (8 * i) & 0xff));
  }
  return block.append(bytes);
}

std::string Raw(std::string_view text) {
  return Frame(Block(text.size(), 0, text));
}
std::string Repeated(std::size_t count) { return Frame(Block(count, 1, "x")); }

TEST(Unzstd, ReadsAllFrames) {
  const auto text = Unzstd(Raw("one,") + Repeated(3), kLimit);
  ASSERT_TRUE(text.ok());
  EXPECT_EQ(*text, "one,xxx");
}

TEST(Unzstd, StopsAtTheLimit) {
  constexpr std::size_t kBlock = 100'000;
  const std::string file = Repeated(kBlock);
  const auto whole = Unzstd(file, kBlock);
  ASSERT_TRUE(whole.ok());
  EXPECT_EQ(whole->size(), kBlock);
  const auto refused = Unzstd(file, kBlock - 1);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, ErrorKind::kTooLarge);
}

TEST(Unzstd, RefusesWhatIsCutShortOrDamaged) {
  const std::string file = Raw("hello");
  for (std::size_t size = 1; size < file.size(); ++size) {
    const auto cut = Unzstd(std::string_view(file).substr(0, size), kLimit);
    ASSERT_FALSE(cut.ok()) << size;
    EXPECT_EQ(cut.error().kind, ErrorKind::kInvalidArgument);
  }
  EXPECT_FALSE(Unzstd(file + "?", kLimit).ok());
  EXPECT_FALSE(Unzstd("no zstd", kLimit).ok());
}

TEST(UnzstdPrefix, GivesTheFirstBytesOfWhatIsCutShort) {
  EXPECT_EQ(UnzstdPrefix(Raw("hello"), 3), "hel");
  EXPECT_EQ(UnzstdPrefix(Raw("hello"), 100), "hello");
  EXPECT_EQ(UnzstdPrefix("no zstd", 100), "");
}

TEST(IsZstd, LooksAtTheMagicBytes) {
  EXPECT_TRUE(IsZstd(Raw("x")));
  EXPECT_FALSE(IsZstd("(\xb5/"));
  EXPECT_FALSE(IsZstd(""));
}

}  // namespace
}  // namespace pmcp
