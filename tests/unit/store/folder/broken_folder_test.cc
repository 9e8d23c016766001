// Folders with bad files: the good files stay usable, and answers say which
// files were left out and why.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "base/gzip.h"
#include "profile/pprof/pprof_encode.h"
#include "tests/support/asked_folder.h"
#include "tests/support/store_profiles.h"

namespace pmcp::store {
namespace {

namespace fs = std::filesystem;
using test::AskedFolder;
using test::CpuFile;
using Texts = std::vector<std::string>;

const TimePointMs kTen = test::At("2026-07-28T10:00:00Z");

/// A folder with a good file, to which a test adds a bad one.
class BrokenFolder : public testing::Test {
 protected:
  explicit BrokenFolder(const profile::ProfileLimits& limits = {})
      : folder_({.limits = limits}) {
    folder_.Write("good.pb.gz", CpuFile(kTen, "main", 5));
  }

  /// The only notice. Also checks that the good file still answers.
  std::string Notice() {
    EXPECT_EQ(folder_.Tree("{}"), "main 5 5\n");
    const Texts notices = folder_.Notices();
    EXPECT_EQ(notices.size(), 1u);
    return notices.empty() ? "" : notices[0];
  }

  AskedFolder folder_;
};

TEST_F(BrokenFolder, NotGzip) {
  folder_.Write("bad.pb.gz", "this is no profile");
  EXPECT_TRUE(
      Notice().starts_with("1 of 2 files could not be read: "
                           "bad.pb.gz: is text, not a profile: \"this is no "
                           "profile\""))
      << Notice();
}

TEST_F(BrokenFolder, Truncated) {
  const std::string whole = CpuFile(kTen, "main;other", 5);
  folder_.Write("bad.pb.gz", whole.substr(0, whole.size() / 2));
  EXPECT_EQ(Notice(),
            "1 of 2 files could not be read: bad.pb.gz: the gzip data is "
            "damaged or cut short");
}

TEST_F(BrokenFolder, TruncatedInside) {
  const std::string whole =
      profile::EncodePprof(test::CpuProfile(kTen, "main;other", 5));
  folder_.Write("bad.pb", whole.substr(0, whole.size() / 2));
  EXPECT_EQ(Notice(), "1 of 2 files could not be read: bad.pb: is cut short");
}

TEST_F(BrokenFolder, Empty) {
  folder_.Write("bad.pb", "");
  EXPECT_TRUE(Notice().starts_with("1 of 2 files could not be read: bad.pb: "))
      << Notice();
}

/// A folder whose files may inflate to 8 MiB.
class FolderOfSmallFiles : public BrokenFolder {
 protected:
  FolderOfSmallFiles() : BrokenFolder({.inflated_bytes = 8u << 20}) {}
};

TEST_F(FolderOfSmallFiles, GzipBomb) {
  // 16 MiB of zeros in 16 KiB, as 16 members.
  const std::string member = Gzip(std::string(1u << 20, '\0'));
  std::string bomb;
  for (int i = 0; i < 16; ++i) bomb += member;
  folder_.Write("bad.pb.gz", bomb);
  EXPECT_EQ(Notice(),
            "1 of 2 files could not be read: bad.pb.gz: the gzip data "
            "inflates to more than 8 MiB");
}

TEST_F(BrokenFolder, NamesOtherFormatsWithAHint) {
  const std::string v8 = R"({"nodes":[{"id":1,"callFrame":{"url":""}}]})";
  folder_.Write("app.cpuprofile", v8);
  folder_.Write("more/app.cpuprofile", v8);
  folder_.Write("app.collapsed", "main;serve 12\n");
  EXPECT_EQ(Notice(),
            "3 other files look like profiles, in formats that are not read: "
            "app.collapsed: collapsed stacks (www.speedscope.app opens it); "
            "app.cpuprofile and 1 more: a V8 CPU profile (record it with "
            "@datadog/pprof)");
}

TEST_F(BrokenFolder, OneFileInAnotherFormat) {
  folder_.Write("mem.bin", "memray\1");
  EXPECT_EQ(Notice(),
            "1 other file looks like a profile, in a format that is not read: "
            "mem.bin: a recording of memray (memray stats FILE shows it)");
}

TEST_F(BrokenFolder, ThreeHundredLabels) {
  test::ProfileBuilder::Labels labels;
  for (int i = 0; i < 300; ++i) labels.emplace_back(fmt::format("l{}", i), "x");
  const std::string file = CpuFile(kTen, "main", 1, labels);
  folder_.Write("many.pb", file);
  // The surplus is left out, never the file.
  EXPECT_EQ(folder_.Tree("{}"), "main 6 6\n");
  EXPECT_EQ(folder_.Notices(),
            (Texts{"many.pb: 236 of 300 labels were left out, among them "
                   "\"l156\""}));
  // As pushed, a Pyroscope server refuses it.
  const AskedFolder pushed;
  pushed.Write("many.pb", file);
  EXPECT_EQ(pushed.Notices(),
            (Texts{"1 of 1 file could not be read: many.pb: has 302 labels "
                   "on one series; at most 30 are allowed"}));
}

TEST_F(BrokenFolder, LinkOutOfTheFolder) {
  fs::create_symlink("/etc/hostname", folder_.path() / "bad.pb");
  EXPECT_EQ(Notice(),
            "1 of 2 files could not be read: bad.pb: is a link out of the "
            "folder");
}

TEST_F(BrokenFolder, NameThatIsNotUtf8) {
  folder_.Write("caf\xe9\x1b[2J.pb", "x");
  EXPECT_TRUE(
      Notice().starts_with("1 of 2 files could not be read: "
                           "caf\xEF\xBF\xBD[2J.pb: "))
      << Notice();
}

TEST_F(BrokenFolder, ManyOfThem) {
  for (int i = 0; i < 16; ++i) {
    folder_.Write(fmt::format("bad{:02}.pb", i), "\x0f");
  }
  const std::string notice = Notice();
  EXPECT_TRUE(
      notice.starts_with("16 of 17 files could not be read: bad00.pb: "))
      << notice;
  EXPECT_NE(notice.find("; bad09.pb: "), std::string::npos) << notice;
  EXPECT_EQ(notice.find("bad10.pb"), std::string::npos) << notice;
  EXPECT_TRUE(notice.ends_with("; and 6 more")) << notice;
}

TEST_F(BrokenFolder, LabelsJsonThatIsNone) {
  folder_.Write("labels.json", "{\"good*\": {\"env\": 7}}");
  EXPECT_EQ(Notice(),
            "labels are missing, since a labels.json could not be used: "
            "labels.json: gives the label \"env\" of \"good*\" a number, not "
            "a string");
}

TEST_F(BrokenFolder, LabelsJsonThatIsDeep) {
  folder_.Write("sub/labels.json", std::string(1'000'000, '['));
  EXPECT_EQ(Notice(),
            "labels are missing, since a labels.json could not be used: "
            "sub/labels.json: holds a list, not an object of patterns");
}

TEST_F(BrokenFolder, LabelsJsonThatIsHuge) {
  folder_.Write("labels.json", std::string((1u << 20) + 1, ' '));
  EXPECT_EQ(Notice(),
            "labels are missing, since a labels.json could not be used: "
            "labels.json: has more than 1 MiB");
}

TEST_F(BrokenFolder, TheSameFileTwice) {
  folder_.Write("labels.json", R"({"*": {"service_name": "shop"}})");
  folder_.Write("copy.pb.gz", CpuFile(kTen, "main", 5));
  EXPECT_EQ(folder_.Tree("{}"), "main 10 10\n");
  EXPECT_EQ(folder_.Notices(),
            (Texts{"profiles that exist twice, with the same labels and "
                   "time, count twice: copy.pb.gz and good.pb.gz"}));
}

TEST(EmptyFolder, SaysSo) {
  const AskedFolder folder;
  folder.Write("README.md", "nothing");
  EXPECT_EQ(folder.Tree("{}"), "");
  EXPECT_EQ(folder.Notices(),
            (Texts{"the folder holds no profiles: no file name ends in "
                   ".pb.gz, .pb, .pprof, .pprof.gz, .prof, .prof.gz, and no "
                   "other file is a pprof profile"}));
}

TEST(MissingFolder, IsAnErrorOfTheQuestion) {
  const AskedFolder folder;
  fs::remove_all(folder.path());
  EXPECT_EQ(folder.Tree("{}"),
            fmt::format("the folder or file of profiles \"{}\" does not exist",
                        folder.path().string()));
  // Nor permanently.
  folder.Write("a.pb", CpuFile(kTen, "main", 1));
  EXPECT_EQ(folder.Tree("{}"), "main 1 1\n");
}

TEST(StrangeNames, AreFine) {
  const AskedFolder folder;
  folder.Write("caf\xe9/x.pb", CpuFile(kTen, "main", 1));
  EXPECT_EQ(folder.Tree(R"({service_name="caf\ufffd"})"), "main 1 1\n");
  EXPECT_EQ(folder.Tree(R"({__file__="caf\ufffd/x.pb"})"), "main 1 1\n");
  EXPECT_EQ(folder.Notices(), Texts{});
}

}  // namespace
}  // namespace pmcp::store
