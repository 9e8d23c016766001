#include "store/files/heap_twin.h"

#include <gtest/gtest.h>

namespace pmcp::store {
namespace {

TEST(HeapTwinOf, ReplacesTheWordAllocs) {
  EXPECT_EQ(HeapTwinOf("allocs"), "heap");
  EXPECT_EQ(HeapTwinOf("api/allocs.pprof"), "api/heap.pprof");
  EXPECT_EQ(HeapTwinOf("allocs/srv.allocs.003.pb.gz"),
            "allocs/srv.heap.003.pb.gz");
}

TEST(HeapTwinOf, LeavesOtherNames) {
  for (const char* path : {"heap.pprof", "allocs/cpu.pprof", "mallocs.pprof",
                           "allocsmore.pprof", ""}) {
    EXPECT_EQ(HeapTwinOf(path), std::nullopt) << path;
  }
}

}  // namespace
}  // namespace pmcp::store
