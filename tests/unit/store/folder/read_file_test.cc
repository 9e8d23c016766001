#include "store/folder/read_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "tests/support/temp_folder.h"
#include "tests/support/without_root.h"

namespace pmcp::store {
namespace {

namespace fs = std::filesystem;
using test::TempFolder;

constexpr std::size_t kLimit = 1u << 20;

/// x.pb as the scan of its folder finds it.
FoundFile Found(const TempFolder& folder) {
  return ScanFolder(folder.path().string(), ScanFor::kProfileNames, {})
      ->profiles.at(0);
}

ErrorKind KindOf(const Result<ByteBuffer>& read) {
  EXPECT_FALSE(read.ok());
  return read.ok() ? ErrorKind::kInternal : read.error().kind;
}

TEST(ReadFoundFile, ReadsAll) {
  const TempFolder folder;
  const std::string bytes = std::string(100'000, 'x') + '\0' + "y";
  folder.Write("x.pb", bytes);
  const auto read = ReadFoundFile(Found(folder), kLimit);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(*read, bytes);
}

TEST(ReadFoundFile, ReadsNothingOfAnEmptyFile) {
  const TempFolder folder;
  folder.Write("x.pb", "");
  EXPECT_EQ(*ReadFoundFile(Found(folder), kLimit), "");
}

TEST(ReadFoundFile, HasALimit) {
  const TempFolder folder;
  folder.Write("x.pb", std::string(kLimit, 'x'));
  EXPECT_TRUE(ReadFoundFile(Found(folder), kLimit).ok());
  folder.Write("x.pb", std::string(kLimit + 1, 'x'));
  const auto read = ReadFoundFile(Found(folder), kLimit);
  EXPECT_EQ(KindOf(read), ErrorKind::kTooLarge);
  EXPECT_EQ(read.error().message, "has more than 1 MiB");
}

TEST(ReadFoundFile, SaysWhenTheFileIsAnotherOne) {
  const TempFolder folder;
  folder.Write("x.pb", "one");
  const FoundFile found = Found(folder);
  folder.Write("new", "two");
  fs::rename(folder.path() / "new", folder.path() / "x.pb");
  EXPECT_EQ(KindOf(ReadFoundFile(found, kLimit)), ErrorKind::kUnavailable);
  fs::remove(folder.path() / "x.pb");
  EXPECT_EQ(KindOf(ReadFoundFile(found, kLimit)), ErrorKind::kUnavailable);
}

TEST(ReadFoundFile, FollowsNoLinkThatWasPutInPlace) {
  const TempFolder outside;
  outside.Write("secret", "one");
  const TempFolder folder;
  folder.Write("x.pb", "one");
  folder.Write("sub/y.pb", "one");
  const FoundFile found = Found(folder);
  ASSERT_EQ(found.path, "sub/y.pb");
  fs::remove_all(folder.path() / "sub");
  outside.Write("y.pb", "one");
  fs::create_symlink(outside.path(), folder.path() / "sub");
  EXPECT_EQ(KindOf(ReadFoundFile(found, kLimit)), ErrorKind::kUnavailable);

  fs::remove(folder.path() / "sub");
  const FoundFile file = Found(folder);
  fs::remove(folder.path() / "x.pb");
  fs::create_symlink(outside.path() / "secret", folder.path() / "x.pb");
  EXPECT_EQ(KindOf(ReadFoundFile(file, kLimit)), ErrorKind::kUnavailable);
}

TEST(ReadFoundFile, SaysWhatItMayNotRead) {
  const TempFolder folder;
  folder.Write("x.pb", "one");
  fs::permissions(folder.path() / "x.pb", fs::perms::none);
  const auto read = test::WithoutRoot(
      folder.path(), [&] { return ReadFoundFile(Found(folder), kLimit); });
  EXPECT_EQ(KindOf(read), ErrorKind::kPermissionDenied);
  EXPECT_EQ(read.error().message, "cannot be read: Permission denied");
}

}  // namespace
}  // namespace pmcp::store
