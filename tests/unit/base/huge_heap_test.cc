#include "base/huge_heap.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

namespace pmcp {
namespace {

/// Whether a mapping of the heap wants pages of 2 MiB.
bool HeapWantsHugePages() {
  std::ifstream maps("/proc/self/smaps");
  bool is_heap = false;
  for (std::string line; std::getline(maps, line);) {
    // A mapping's own line ends with its name; those about it with " kB".
    if (line.find('-') < line.find(' ')) is_heap = line.ends_with("[heap]");
    if (is_heap && line.starts_with("VmFlags:") &&
        line.find(" hg") != std::string::npos) {
      return true;
    }
  }
  return false;
}

TEST(HugeHeap, IsOfHugePagesWhereThereAreSome) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "sanitizers have a malloc of their own";
#endif
  if (!std::filesystem::exists("/sys/kernel/mm/transparent_hugepage")) {
    GTEST_SKIP() << "the system has none";
  }
  constexpr std::size_t kBytes = 20'000;
  const HugeHeap heap(1000 * kBytes);
  std::vector<std::unique_ptr<char[]>> kept;
  for (int i = 0; i < 1000; ++i) {
    HugeHeap::Advise();
    kept.push_back(std::make_unique<char[]>(kBytes));
  }
  EXPECT_TRUE(HeapWantsHugePages());
}

TEST(HugeHeap, TakesOneLargePieceAndThenSmallOnes) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "sanitizers have a malloc of their own";
#endif
  constexpr std::size_t kPiece = 8 << 20;
  std::vector<std::unique_ptr<char[]>> kept;
  // The next piece that comes from the system.
  const auto grown_by = [&kept] {
    const auto before = reinterpret_cast<std::uintptr_t>(::sbrk(0));
    std::uintptr_t now = before;
    for (int i = 0; i < 10'000 && now == before; ++i) {
      kept.push_back(std::make_unique<char[]>(10'000));
      now = reinterpret_cast<std::uintptr_t>(::sbrk(0));
    }
    return now - before;
  };
  {
    const HugeHeap heap(kPiece);
    EXPECT_GE(grown_by(), kPiece);
  }
  const std::uintptr_t after = grown_by();
  EXPECT_GT(after, 0u);
  EXPECT_LT(after, kPiece);
}

}  // namespace
}  // namespace pmcp
