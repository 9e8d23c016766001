#include "base/huge_heap.h"

#ifdef __GLIBC__
#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdint>

#include "base/huge_pages.h"
#endif

namespace pmcp {

#ifdef __GLIBC__
namespace {

// What glibc begins with.
constexpr std::size_t kUsualPiece = 128 << 10;
constexpr std::size_t kLargestPiece = 64 << 20;

std::uintptr_t HeapEnd() { return reinterpret_cast<std::uintptr_t>(::sbrk(0)); }

/// How far the heap has been looked at.
std::atomic<std::uintptr_t>& SeenEnd() {
  static std::atomic<std::uintptr_t> seen = HeapEnd();
  return seen;
}

void SetPiece(std::size_t bytes) {
  ::mallopt(M_TOP_PAD, static_cast<int>(bytes));
}

}  // namespace

HugeHeap::HugeHeap(std::size_t bytes) {
  SeenEnd();  // what is there already has been touched
  SetPiece(std::clamp(bytes, kUsualPiece, kLargestPiece));
}

HugeHeap::~HugeHeap() { SetPiece(kUsualPiece); }

void HugeHeap::Advise() {
  const std::uintptr_t end = HeapEnd();
  const std::uintptr_t begin = SeenEnd().exchange(end);
  if (begin >= end) return;  // some of it went back
  PreferHugePages(reinterpret_cast<const void*>(begin), end - begin);
}

#else

HugeHeap::HugeHeap(std::size_t) {}
HugeHeap::~HugeHeap() = default;
void HugeHeap::Advise() {}

#endif

}  // namespace pmcp
