// Folders that change while they are served.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/asked_folder.h"
#include "tests/support/store_index.h"
#include "tests/support/store_profiles.h"

namespace pmcp::store {
namespace {

namespace fs = std::filesystem;
using test::AskedFolder;
using test::CpuFile;
using Texts = std::vector<std::string>;

const TimePointMs kTen = test::At("2026-07-28T10:00:00Z");

/// The number of files that a question read.
int FilesRead(const AskedFolder& folder) {
  std::atomic<int> read = 0;
  const CallContext call(
      {}, CallContext::Deadline::max(),
      [&](double, double total, std::string_view) { read = int(total); });
  EXPECT_TRUE(folder.source().Covered(call).ok());
  return read;
}

TEST(ChangingFolder, FilesAppearChangeAndVanish) {
  const AskedFolder folder;
  EXPECT_EQ(folder.Tree("{}"), "");
  folder.Write("a.pb", CpuFile(kTen, "main", 1));
  EXPECT_EQ(folder.Tree("{}"), "main 1 1\n");
  folder.Write("sub/b.pb", CpuFile(kTen, "main", 2));
  EXPECT_EQ(folder.Tree("{}"), "main 3 3\n");
  folder.Replace("a.pb", CpuFile(kTen, "main", 4));
  EXPECT_EQ(folder.Tree("{}"), "main 6 6\n");
  fs::remove(folder.path() / "a.pb");
  EXPECT_EQ(folder.Tree("{}"), "main 2 2\n");
  fs::remove_all(folder.path() / "sub");
  EXPECT_EQ(folder.Tree("{}"), "");
}

TEST(ChangingFolder, ReadsOnlyWhatChanged) {
  const AskedFolder folder;
  for (int i = 0; i < 5; ++i) {
    folder.Write(fmt::format("{}.pb", i), CpuFile(kTen, "main", 1));
  }
  folder.Write("bad.pb", "x");
  EXPECT_EQ(FilesRead(folder), 6);
  EXPECT_EQ(FilesRead(folder), 0);
  folder.Replace("3.pb", CpuFile(kTen, "main", 2));
  EXPECT_EQ(FilesRead(folder), 1);
  fs::remove(folder.path() / "3.pb");
  EXPECT_EQ(FilesRead(folder), 0);
  // Changes the labels of one file.
  folder.Write("labels.json", R"({"4*": {"env": "x"}})");
  EXPECT_EQ(FilesRead(folder), 1);
  EXPECT_EQ(folder.Tree(R"({env="x"})"), "main 1 1\n");
  folder.Write("labels.json", R"({"4.pb": {"env": "x"}, "9*": {"env": ""}})");
  EXPECT_EQ(FilesRead(folder), 0);
  fs::remove(folder.path() / "labels.json");
  EXPECT_EQ(FilesRead(folder), 1);
  EXPECT_EQ(folder.Tree(R"({env="x"})"), "");
}

TEST(ChangingFolder, ABrokenFileIsMended) {
  const AskedFolder folder;
  const std::string file = CpuFile(kTen, "main", 1);
  folder.Write("a.pb.gz", file.substr(0, 20));
  EXPECT_EQ(folder.Tree("{}"), "");
  EXPECT_EQ(folder.Notices().size(), 1u);
  folder.Write("a.pb.gz", file);
  EXPECT_EQ(folder.Tree("{}"), "main 1 1\n");
  EXPECT_EQ(folder.Notices(), Texts{});
}

TEST(ChangingFolder, NoAnswerIsOfHalfAFile) {
  const AskedFolder folder;
  folder.Write("a.pb", CpuFile(kTen, "main", 100));
  std::atomic<bool> done = false;
  std::thread writer([&] {
    for (int i = 0; i < 300; ++i) {
      folder.Replace("a.pb", CpuFile(kTen, "main", 100 + i % 2));
    }
    done = true;
  });
  while (!done) {
    const std::string tree = folder.Tree("{}");
    // Or nothing, if the file changed in all attempts.
    EXPECT_TRUE(tree == "main 100 100\n" || tree == "main 101 101\n" ||
                tree.empty())
        << tree;
  }
  writer.join();
  EXPECT_EQ(folder.Tree("{}"), "main 101 101\n");
  EXPECT_EQ(folder.Notices(), Texts{});
}

/// Writes, replaces, damages and removes files until it is stopped.
void Churn(const AskedFolder& folder, const std::atomic<bool>& stop) {
  const std::string good = CpuFile(kTen, "main;busy", 10, {{"pod", "p"}});
  for (int i = 0; !stop; ++i) {
    const std::string name = fmt::format("s{}/x{}.pb.gz", i % 3, i % 7);
    switch (i % 4) {
      case 0:
        folder.Write(name, good);
        break;
      case 1:
        folder.Write(name, good.substr(0, good.size() / 2));
        break;
      case 2:
        folder.Write(fmt::format("s{}/labels.json", i % 3),
                     fmt::format(R"({{"*": {{"env": "e{}"}}}})", i % 5));
        break;
      default: {
        std::error_code ignored;
        fs::remove(folder.path() / name, ignored);
      }
    }
  }
}

TEST(ChangingFolder, ServesManyCallersMeanwhile) {
  const AskedFolder folder(
      {.rules = IngestRules::kAsPushed, .cache_bytes = 4096});
  folder.Write("steady/a.pb.gz", CpuFile(kTen, "main;steady", 7));
  std::atomic<bool> stop = false;
  std::thread churn([&] { Churn(folder, stop); });

  std::vector<std::thread> callers;
  for (int caller = 0; caller < 8; ++caller) {
    callers.emplace_back([&] {
      const auto& source = folder.source();
      const auto all = test::LabelsWhere("{}", test::Always());
      for (int i = 0; i < 40; ++i) {
        // Every answer has the file that never changes.
        EXPECT_EQ(folder.Tree(R"({service_name="steady"})"),
                  "main 0 7\n  steady 7 7\n");
        EXPECT_GE(source.Covered({})->data.profiles, 1);
        const auto services = source.LabelValues("service_name", all, {});
        ASSERT_TRUE(services.ok());
        EXPECT_EQ(services->data.back(), "steady");
        EXPECT_TRUE(source.LabelNames(all, {}).ok());
        EXPECT_NE(folder.Tree("{}"), "");
        const auto series = source::MakeSeriesQuery(
            test::CpuQuery("{}", test::Always()), {"__file__"}, 3600);
        EXPECT_TRUE(source.SelectSeries(*series, {}).ok());
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  stop = true;
  churn.join();
}

}  // namespace
}  // namespace pmcp::store
