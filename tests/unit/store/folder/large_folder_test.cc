// Folders with thousands of files in nested folders.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <string>

#include "tests/support/asked_folder.h"
#include "tests/support/store_index.h"
#include "tests/support/store_profiles.h"

namespace pmcp::store {
namespace {

using test::AskedFolder;
using test::CpuFile;

constexpr int kFiles = 4000;
constexpr int kServices = 8;

/// Folders nested three deep, 168 in total.
std::string PathOf(int i) {
  return fmt::format("service{}/zone{}/day{}/{}.pb.gz", i % kServices,
                     i / 8 % 4, i / 32 % 4, i);
}

std::string FileOf(int i) {
  return CpuFile(
      test::At("2026-07-28T10:00:00Z") + std::chrono::milliseconds(i),
      fmt::format("main;f{}", i % 10), 1 + i);
}

/// The number of files that a question read.
int FilesRead(const AskedFolder& folder) {
  std::atomic<int> read = 0;
  const CallContext call({}, CallContext::Deadline::max(),
                         [&](double, double total, std::string_view) {
                           read = static_cast<int>(total);
                         });
  EXPECT_TRUE(folder.source().Covered(call).ok());
  return read;
}

TEST(LargeFolder, AnswersForAllOfItsFiles) {
  const AskedFolder folder;
  std::int64_t total = 0;
  std::int64_t total_of_service3 = 0;
  for (int i = 0; i < kFiles; ++i) {
    folder.Write(PathOf(i), FileOf(i));
    total += 1 + i;
    if (i % kServices == 3) total_of_service3 += 1 + i;
  }
  EXPECT_EQ(FilesRead(folder), kFiles);
  EXPECT_TRUE(folder.Tree("{}").starts_with(fmt::format("main 0 {}\n", total)));
  EXPECT_TRUE(folder.Tree(R"({service_name="service3"})")
                  .starts_with(fmt::format("main 0 {}\n", total_of_service3)));
  EXPECT_TRUE(folder.Notices().empty());

  // Does not read unchanged files again.
  folder.Write("service3/zone9/new.pb.gz", FileOf(99));
  std::filesystem::remove(folder.path() / PathOf(3));
  EXPECT_EQ(FilesRead(folder), 1);
  EXPECT_TRUE(folder.Tree(R"({service_name="service3"})")
                  .starts_with(
                      fmt::format("main 0 {}\n", total_of_service3 + 100 - 4)));
}

// A question may hold a quarter of the cache. The answer is the same if its
// profiles are held, are folded, or are each larger than that.
TEST(LargeFolder, AnswersTheSameWithinAnyBudget) {
  std::string expected;
  for (const std::size_t budget :
       {std::size_t{1} << 30, std::size_t{64} << 10, std::size_t{0}}) {
    const AskedFolder folder(
        {.rules = IngestRules::kAsPushed, .cache_bytes = budget});
    for (int i = 0; i < 100; ++i) folder.Write(PathOf(i), FileOf(i));
    const std::string tree = folder.Tree("{}");
    if (expected.empty()) expected = tree;
    EXPECT_EQ(tree, expected) << budget;
    EXPECT_TRUE(tree.starts_with("main 0 5050\n"));
  }
}

}  // namespace
}  // namespace pmcp::store
