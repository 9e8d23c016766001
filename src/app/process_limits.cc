#include "app/process_limits.h"

#include <sys/resource.h>

#include <algorithm>
#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace pmcp::app {

std::size_t RaiseDescriptorLimit(std::size_t wanted) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return wanted;
  if (limit.rlim_cur >= wanted) return limit.rlim_cur;
  rlimit raised = limit;
  raised.rlim_cur = std::min<rlim_t>(wanted, limit.rlim_max);
  const bool is_raised = ::setrlimit(RLIMIT_NOFILE, &raised) == 0;
  return is_raised ? raised.rlim_cur : limit.rlim_cur;
}

void BoundFreedMemory() {
#ifdef __GLIBC__
  // glibc's default is one heap per thread, up to eight per processor. Memory
  // that a thread freed stays in its heap.
  constexpr int kHeaps = 2;
  constexpr int kFreeBytesKept = 1 << 20;
  ::mallopt(M_ARENA_MAX, kHeaps);
  ::mallopt(M_TRIM_THRESHOLD, kFreeBytesKept);
#endif
}

}  // namespace pmcp::app
