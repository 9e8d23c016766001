#include "app/malloc_options.h"

#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace pmcp::app {

// By default each thread gets a heap of its own, up to eight a processor, and
// what one thread freed stays there. Threads here come and go with questions:
// eight callers held twice the memory of two heaps, and were no faster. One
// heap makes threads that read a folder wait for each other.
void BoundFreedMemory() {
#ifdef __GLIBC__
  constexpr int kHeaps = 2;
  constexpr int kFreeBytesKept = 1 << 20;
  ::mallopt(M_ARENA_MAX, kHeaps);
  ::mallopt(M_TRIM_THRESHOLD, kFreeBytesKept);
#endif
}

}  // namespace pmcp::app
