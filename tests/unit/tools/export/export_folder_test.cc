#include "tools/export/export_folder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>

#include "tests/support/read_file.h"
#include "tests/support/temp_folder.h"

namespace pmcp::tools {
namespace {

namespace fs = std::filesystem;

class ExportFolderTest : public testing::Test {
 protected:
  mode_t ModeOf(const fs::path& path) {
    struct stat status {};
    EXPECT_EQ(::stat(path.c_str(), &status), 0);
    return status.st_mode & 07777;
  }

  const test::TempFolder temp_;
  const fs::path path_ = temp_.path() / "a/b";
  const ExportFolder folder_{path_.string()};
};

TEST_F(ExportFolderTest, WritesAFileForItsOwnerAlone) {
  const auto path = folder_.Write("shop-cpu", ".pb.gz", "bytes");
  ASSERT_TRUE(path.ok());
  EXPECT_EQ(*path, (path_ / "shop-cpu.pb.gz").string());
  EXPECT_EQ(test::ReadFile(*path), "bytes");
  EXPECT_EQ(ModeOf(*path), 0600u);
  EXPECT_EQ(ModeOf(path_), 0700u);
}

TEST_F(ExportFolderTest, NeverOverwrites) {
  fs::create_directories(path_);
  for (const char* expected : {"x.txt", "x-2.txt", "x-3.txt"}) {
    const auto path = folder_.Write("x", ".txt", expected);
    ASSERT_TRUE(path.ok());
    EXPECT_EQ(fs::path(*path).filename(), expected);
  }
  EXPECT_EQ(test::ReadFile(path_ / "x.txt"), "x.txt");
}

// A symbolic link counts as an existing name and is not followed.
TEST_F(ExportFolderTest, FollowsNoLinks) {
  fs::create_directories(path_);
  fs::create_symlink(temp_.path() / "victim", path_ / "x.txt");
  const auto path = folder_.Write("x", ".txt", "bytes");
  ASSERT_TRUE(path.ok());
  EXPECT_EQ(fs::path(*path).filename(), "x-2.txt");
  EXPECT_FALSE(fs::exists(temp_.path() / "victim"));
}

TEST_F(ExportFolderTest, NamesCannotLeaveTheFolder) {
  for (const std::string stem : {"../../etc/passwd", "..", ".hidden",
                                 "a/b\\c d\n\x1b[31m", "", "\xff\xfe"}) {
    const auto path = folder_.Write(stem, ".pb.gz", "bytes");
    ASSERT_TRUE(path.ok());
    EXPECT_EQ(fs::path(*path).parent_path(), path_);
    EXPECT_NE(fs::path(*path).filename().string().front(), '.');
    EXPECT_EQ(fs::path(*path).filename().string().find('\n'),
              std::string::npos);
  }
  const auto path = folder_.Write(std::string(5000, 'x'), ".pb.gz", "bytes");
  ASSERT_TRUE(path.ok());
  EXPECT_LT(fs::path(*path).filename().string().size(), 200u);
}

TEST_F(ExportFolderTest, SaysWhyItCannotWrite) {
  EXPECT_EQ(ExportFolder("").Write("x", ".txt", "").error().kind,
            ErrorKind::kUnsupported);
  temp_.Write("file", "no folder");
  const ExportFolder in_a_file((temp_.path() / "file/exports").string());
  const auto refused = in_a_file.Write("x", ".txt", "");
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, ErrorKind::kUnavailable);
  EXPECT_NE(refused.error().hint.find("--export-dir"), std::string::npos);
}

}  // namespace
}  // namespace pmcp::tools
