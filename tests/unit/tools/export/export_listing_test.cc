#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/time.h>

#include <filesystem>
#include <string>

#include "tests/support/temp_folder.h"
#include "tools/export/export_folder.h"

namespace pmcp::tools {
namespace {

namespace fs = std::filesystem;

class ExportListing : public testing::Test {
 protected:
  /// Writes a file with a modification time `seconds` after a fixed start.
  void Add(const std::string& name, int seconds, const std::string& bytes) {
    temp_.Write(name, bytes);
    const timeval times[2] = {{1000 + seconds, 0}, {1000 + seconds, 0}};
    ASSERT_EQ(::utimes((temp_.path() / name).c_str(), times), 0);
  }

  std::vector<std::string> Names() const {
    std::vector<std::string> names;
    for (const auto& file : folder_.Latest()) names.push_back(file.name);
    return names;
  }

  const test::TempFolder temp_;
  const ExportFolder folder_{temp_.path().string()};
};

TEST_F(ExportListing, NewestFirstAndOnlyFiles) {
  Add("old.pb.gz", 1, "12");
  Add("new.pb.gz", 3, "123");
  Add("b.pb.gz", 2, "");
  Add("a.pb.gz", 2, "");
  Add(".hidden", 9, "");
  Add("folder/inside.pb.gz", 9, "");
  fs::create_symlink("/etc/passwd", temp_.path() / "link");
  EXPECT_THAT(Names(), testing::ElementsAre("new.pb.gz", "a.pb.gz", "b.pb.gz",
                                            "old.pb.gz"));
  EXPECT_EQ(folder_.Latest().front().bytes, 3u);
}

TEST_F(ExportListing, HasALimit) {
  for (int i = 0; i < 21; ++i) Add("f" + std::to_string(i), i, "");
  const auto names = Names();
  EXPECT_EQ(names.size(), ExportFolder::kMostListed);
  EXPECT_EQ(names.front(), "f20");
  EXPECT_EQ(names.back(), "f1");
}

TEST_F(ExportListing, AFolderThatIsNotThereHasNone) {
  EXPECT_TRUE(ExportFolder("").Latest().empty());
  EXPECT_TRUE(ExportFolder("/nonexistent/exports").Latest().empty());
}

TEST_F(ExportListing, ReadsOnlyWhatLiesInTheFolder) {
  Add("x.pb.gz", 0, "bytes");
  Add("folder/inside.pb.gz", 0, "");
  Add(".hidden", 0, "");
  fs::create_symlink("x.pb.gz", temp_.path() / "link");
  ASSERT_EQ(::mkfifo((temp_.path() / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(*folder_.Read("x.pb.gz"), "bytes");
  for (const char* name :
       {"", ".", "..", ".hidden", "link", "pipe", "folder",
        "folder/inside.pb.gz", "../x", "/etc/passwd", "gone"}) {
    const auto read = folder_.Read(name);
    ASSERT_FALSE(read.ok()) << name;
    EXPECT_EQ(read.error().kind, ErrorKind::kNotFound) << name;
  }
  EXPECT_FALSE(folder_.Read(std::string("x.pb.gz\0", 8)).ok());
}

TEST_F(ExportListing, LargeFilesAreNotRead) {
  Add("full", 0, "");
  fs::resize_file(temp_.path() / "full", ExportFolder::kMaxReadBytes);
  EXPECT_EQ(folder_.Read("full")->size(), ExportFolder::kMaxReadBytes);
  fs::resize_file(temp_.path() / "full", ExportFolder::kMaxReadBytes + 1);
  EXPECT_EQ(folder_.Read("full").error().kind, ErrorKind::kTooLarge);
}

}  // namespace
}  // namespace pmcp::tools
