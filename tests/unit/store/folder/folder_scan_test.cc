#include "store/folder/folder_scan.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "tests/support/temp_folder.h"
#include "tests/support/without_root.h"

namespace pmcp::store {
namespace {

namespace fs = std::filesystem;
using test::TempFolder;
using Paths = std::vector<std::string>;

FolderScan Scan(const fs::path& folder) {
  auto scan = ScanFolder(folder.string(), ScanFor::kProfileNames, {});
  EXPECT_TRUE(scan.ok());
  return scan.ok() ? *std::move(scan) : FolderScan();
}

Paths PathsOf(const std::vector<FoundFile>& files) {
  Paths paths;
  for (const FoundFile& file : files) paths.push_back(file.path);
  return paths;
}

std::vector<std::string> ReasonsOf(const FolderScan& scan) {
  std::vector<std::string> reasons;
  for (const auto& [path, why] : scan.left_out) {
    reasons.push_back(path + " " + why);
  }
  return reasons;
}

TEST(ScanFolder, FindsProfilesInAllFolders) {
  const TempFolder folder;
  for (const char* file : {"z.pb.gz", "a.pb", "b.pprof", "c.pprof.gz", "d.prof",
                           "e.prof.gz", "sub/deep/x.pb.gz", "sub.pb/y.pb"}) {
    folder.Write(file, "x");
  }
  const FolderScan scan = Scan(folder.path());
  EXPECT_EQ(PathsOf(scan.profiles),
            (Paths{"a.pb", "b.pprof", "c.pprof.gz", "d.prof", "e.prof.gz",
                   "sub.pb/y.pb", "sub/deep/x.pb.gz", "z.pb.gz"}));
  EXPECT_TRUE(scan.left_out.empty());
}

TEST(ScanFolder, PassesOverWhatIsNoneOfOurs) {
  const TempFolder folder;
  for (const char* file : {"README.md", ".hidden.pb.gz", ".git/x.pb.gz",
                           "x.pb.gz.tmp", "x.gz", "pb.gz", "core"}) {
    folder.Write(file, "x");
  }
  fs::create_symlink("/nowhere", folder.path() / "notes.txt");
  fs::create_symlink("/etc/hostname", folder.path() / "other.txt");
  const FolderScan scan = Scan(folder.path());
  EXPECT_EQ(PathsOf(scan.profiles), Paths{});
  EXPECT_EQ(ReasonsOf(scan), Paths{});
}

TEST(ScanFolder, FindsLabelRulesByDepth) {
  const TempFolder folder;
  for (const char* file : {"a/b/labels.json", "labels.json", "z/labels.json",
                           "a/labels.json", "labels.json.bak"}) {
    folder.Write(file, "{}");
  }
  EXPECT_EQ(PathsOf(Scan(folder.path()).label_rules),
            (Paths{"labels.json", "a/labels.json", "z/labels.json",
                   "a/b/labels.json"}));
}

TEST(ScanFolder, FollowsLinksToPlacesInside) {
  const TempFolder folder;
  folder.Write(".data/v2/cpu.pb.gz", "x");
  folder.Write("plain", "x");
  fs::create_symlink(".data/v2", folder.path() / "checkout");
  fs::create_symlink("../plain", folder.path() / ".data" / "named.pb");
  fs::create_symlink(folder.path() / ".data/named.pb",
                     folder.path() / "chain.pb");
  const FolderScan scan = Scan(folder.path());
  EXPECT_EQ(PathsOf(scan.profiles), (Paths{"chain.pb", "checkout/cpu.pb.gz"}));
  EXPECT_EQ(ReasonsOf(scan), Paths{});
  // The target itself, so that no link is resolved again.
  EXPECT_EQ(scan.profiles[0].target,
            (fs::canonical(folder.path()) / "plain").string());
}

TEST(ScanFolder, LeavesLinksOutOfTheFolderOut) {
  const TempFolder outside;
  outside.Write("secret.pb.gz", "x");
  const TempFolder folder;
  // A folder whose name starts with the root's name is not inside the root.
  const fs::path beside = folder.path().string() + "-beside";
  fs::create_directory(beside);
  fs::create_symlink(outside.path() / "secret.pb.gz",
                     folder.path() / "file.pb.gz");
  fs::create_symlink(outside.path(), folder.path() / "folder");
  fs::create_symlink("..", folder.path() / "up");
  fs::create_symlink(beside, folder.path() / "zbeside");
  const FolderScan scan = Scan(folder.path());
  fs::remove(beside);
  EXPECT_EQ(PathsOf(scan.profiles), Paths{});
  EXPECT_EQ(ReasonsOf(scan), (Paths{"file.pb.gz is a link out of the folder",
                                    "folder is a link out of the folder",
                                    "up is a link out of the folder",
                                    "zbeside is a link out of the folder"}));
}

TEST(ScanFolder, LeavesBrokenLinksOut) {
  const TempFolder folder;
  fs::create_symlink("gone.pb", folder.path() / "dangling.pb");
  fs::create_symlink("b.pb", folder.path() / "a.pb");
  fs::create_symlink("a.pb", folder.path() / "b.pb");
  EXPECT_EQ(ReasonsOf(Scan(folder.path())),
            (Paths{"a.pb is a link in a cycle", "b.pb is a link in a cycle",
                   "dangling.pb is a broken link"}));
}

TEST(ScanFolder, EndsInCirclesOfFolders) {
  const TempFolder folder;
  folder.Write("a/x.pb", "x");
  folder.Write("b/y.pb", "x");
  fs::create_symlink(".", folder.path() / "a" / "self");
  fs::create_symlink("../b", folder.path() / "a" / "to_b");
  fs::create_symlink("../a", folder.path() / "b" / "to_a");
  fs::create_symlink("..", folder.path() / "b" / "top");
  const FolderScan scan = Scan(folder.path());
  EXPECT_EQ(PathsOf(scan.profiles),
            (Paths{"a/to_b/y.pb", "a/x.pb", "b/to_a/x.pb", "b/y.pb"}));
  EXPECT_EQ(
      ReasonsOf(scan),
      (Paths{
          "a/self is a link in a cycle", "a/to_b/to_a is a link in a cycle",
          "a/to_b/top is a link in a cycle", "b/to_a/self is a link in a cycle",
          "b/to_a/to_b is a link in a cycle", "b/top is a link in a cycle"}));
}

TEST(ScanFolder, LeavesWhatIsNoFileOut) {
  const TempFolder folder;
  ASSERT_EQ(::mkfifo((folder.path() / "pipe.pb").c_str(), 0600), 0);
  ASSERT_EQ(::mkfifo((folder.path() / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(ReasonsOf(Scan(folder.path())),
            (Paths{"pipe.pb is not a regular file"}));
}

TEST(ScanFolder, GoesOnlySoDeep) {
  const TempFolder folder;
  std::string path;
  for (std::size_t depth = 1; depth <= kMaxFolderDepth; ++depth) {
    path += "d/";
    if (depth + 1 >= kMaxFolderDepth) folder.Write(path + "x.pb", "x");
  }
  const FolderScan scan = Scan(folder.path());
  // The root counts as one of them.
  ASSERT_EQ(scan.profiles.size(), 1u);
  EXPECT_EQ(scan.profiles[0].path.size(), 2 * (kMaxFolderDepth - 1) + 4);
  ASSERT_EQ(scan.left_out.size(), 1u);
  EXPECT_EQ(scan.left_out[0].why, "is nested more than 64 folders deep");
}

TEST(ScanFolder, TakesNamesThatAreNotUtf8) {
  const TempFolder folder;
  folder.Write("caf\xe9.pb", "x");
  EXPECT_EQ(PathsOf(Scan(folder.path()).profiles), (Paths{"caf\xe9.pb"}));
}

TEST(ScanFolder, TheRootMayBeALink) {
  const TempFolder folder;
  folder.Write("real/x.pb", "x");
  fs::create_symlink("real", folder.path() / "link");
  EXPECT_EQ(PathsOf(Scan(folder.path() / "link").profiles), (Paths{"x.pb"}));
}

TEST(ScanFolder, NamesAFolderThatIsNotThere) {
  const auto scan = ScanFolder("/no/such/folder", ScanFor::kProfileNames, {});
  ASSERT_FALSE(scan.ok());
  EXPECT_EQ(scan.error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(
      scan.error().message,
      "the folder or file of profiles \"/no/such/folder\" does not exist");
  EXPECT_NE(scan.error().hint, "");
}

TEST(ScanFolder, TheRootMayBeAFileOfAnyName) {
  const TempFolder folder;
  folder.Write("cpu.out", "x");
  folder.Write("other.pb", "x");
  const auto scan = ScanFolder((folder.path() / "cpu.out").string(),
                               ScanFor::kProfileNames, {});
  ASSERT_TRUE(scan.ok());
  ASSERT_EQ(scan->profiles.size(), 1u);
  EXPECT_EQ(scan->profiles[0].path, "cpu.out");
  EXPECT_TRUE(scan->profiles[0].has_profile_name);
}

TEST(ScanFolder, FindsFilesOfAnyNameWhenAsked) {
  const TempFolder folder;
  for (const char* name :
       {"cpu.out", "profile", "default.pgo", "CPU.PPROF", "x.pb", "main.go",
        "picture.png", ".hidden", "node_modules/left/cpu.out"}) {
    folder.Write(name, "x");
  }
  folder.Write("empty", "");
  const auto scan = ScanFolder(folder.path().string(), ScanFor::kAnyFile, {});
  ASSERT_TRUE(scan.ok());
  Paths paths;
  for (const FoundFile& file : scan->profiles) {
    paths.push_back(file.path + (file.has_profile_name ? "" : "?"));
  }
  EXPECT_EQ(paths, (Paths{"CPU.PPROF?", "cpu.out?", "default.pgo?", "profile?",
                          "x.pb"}));
}

TEST(ScanFolder, ReportsAFolderThatItMayNotOpen) {
  const TempFolder folder;
  folder.Write("closed/x.pb", "x");
  fs::permissions(folder.path() / "closed", fs::perms::none);
  const FolderScan scan =
      test::WithoutRoot(folder.path(), [&] { return Scan(folder.path()); });
  fs::permissions(folder.path() / "closed", fs::perms::owner_all);
  EXPECT_EQ(ReasonsOf(scan),
            (Paths{"closed cannot be opened: Permission denied"}));
}

TEST(ScanFolder, StopsWhenTheCallIsCancelled) {
  const TempFolder folder;
  for (int i = 0; i < 300; ++i) {
    folder.Write("x" + std::to_string(i) + ".pb", "x");
  }
  std::stop_source stop;
  stop.request_stop();
  const auto scan =
      ScanFolder(folder.path().string(), ScanFor::kProfileNames,
                 CallContext(stop.get_token(), CallContext::Deadline::max()));
  ASSERT_FALSE(scan.ok());
  EXPECT_EQ(scan.error().kind, ErrorKind::kCancelled);
}

TEST(ScanFolder, SeesAChangeByTheStamp) {
  const TempFolder folder;
  folder.Write("x.pb", "one");
  const auto stamp = [&] { return Scan(folder.path()).profiles.at(0).stamp; };
  const FileStamp first = stamp();
  EXPECT_EQ(stamp(), first);
  folder.Write("x.pb", "three");
  EXPECT_NE(stamp(), first);
  // Another file with the same bytes.
  folder.Write("new", "one");
  fs::rename(folder.path() / "new", folder.path() / "x.pb");
  EXPECT_NE(stamp(), first);
}

}  // namespace
}  // namespace pmcp::store
