#include "base/huge_pages.h"

#include <sys/mman.h>

#include <cstdint>

namespace pmcp {
namespace {

constexpr std::uintptr_t kHugePage = 2u << 20;

}  // namespace

void PreferHugePages(const void* data, std::size_t bytes) {
#ifdef MADV_HUGEPAGE
  // Only pages that lie wholly inside the buffer, so that it uses no more
  // memory.
  const auto address = reinterpret_cast<std::uintptr_t>(data);
  const std::uintptr_t begin = (address + kHugePage - 1) & ~(kHugePage - 1);
  const std::uintptr_t end = (address + bytes) & ~(kHugePage - 1);
  // If this fails, pages stay small.
  if (begin < end) {
    ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
  }
#endif
}

}  // namespace pmcp
