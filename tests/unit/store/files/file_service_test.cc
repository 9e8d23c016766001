#include "store/files/file_service.h"

#include <gtest/gtest.h>

#include "tests/support/profile_builder.h"

namespace pmcp::store {
namespace {

TEST(ServiceOfFile, IsTheFirstFolder) {
  EXPECT_EQ(ServiceOfFile("shop/cpu.v1.pod-a.pb.gz"), "shop");
  EXPECT_EQ(ServiceOfFile("shop/2026/cpu.pb"), "shop");
}

TEST(ServiceOfFile, ReadsNamesThatGoToolPprofSaves) {
  EXPECT_EQ(ServiceOfFile("pprof.checkout.samples.cpu.001.pb.gz"), "checkout");
  EXPECT_EQ(ServiceOfFile("pprof.srv.alloc_objects.alloc_space.inuse_objects."
                          "inuse_space.003.pb.gz"),
            "srv");
  EXPECT_EQ(ServiceOfFile("pprof.wordy.test.samples.cpu.001.pb.gz"),
            "wordy.test");
  EXPECT_EQ(ServiceOfFile("pprof.contentions.delay.002.pb.gz"), "");
}

TEST(ServiceOfFile, IsTheNameUpToTheFirstDot) {
  EXPECT_EQ(ServiceOfFile("checkout.cpu.pb.gz"), "checkout");
  EXPECT_EQ(ServiceOfFile("before.prof"), "before");
  EXPECT_EQ(ServiceOfFile("prod-2026-11-30.cpu.prof"), "prod");
  EXPECT_EQ(ServiceOfFile("api_heap.pprof"), "api");
  EXPECT_EQ(ServiceOfFile("api-20261130-cpu.pb.gz"), "api");
  EXPECT_EQ(ServiceOfFile("shop-2.pb.gz"), "shop-2");
  EXPECT_EQ(ServiceOfFile("shop-2_cpu.pb.gz"), "shop-2");
}

TEST(ServiceOfFile, WordsOfAKindAreNoService) {
  for (const char* name :
       {"cpu.out", "mem.out", "profile", "heap", "default.pgo", "CPU.PPROF",
        "mutex.prof", "pprof", "cpu-2026-11-30.pb.gz", "block_profile.pb",
        "profile.001.pb.gz", "20261130.pb.gz"}) {
    EXPECT_EQ(ServiceOfFile(name), "") << name;
  }
  // A folder of a kind is not one, either.
  EXPECT_EQ(ServiceOfFile("profiles/checkout.pb.gz"), "checkout");
  EXPECT_EQ(ServiceOfFile("pprof/cpu.pb.gz"), "");
}

TEST(ServiceOfMapping, IsTheProgramOfTheFirstMapping) {
  profile::Profile profile = test::ProfileBuilder().Sample("main", 1).Build();
  EXPECT_EQ(ServiceOfMapping(profile), "");
  const auto add = [&](std::string_view file) {
    profile.mappings.push_back({.id = profile.mappings.size() + 1,
                                .filename = profile.strings.Append(file)});
  };
  add("[vdso]");
  add("/opt/bin/engine");
  add("/lib/libc.so.6");
  EXPECT_EQ(ServiceOfMapping(profile), "engine");
}

}  // namespace
}  // namespace pmcp::store
