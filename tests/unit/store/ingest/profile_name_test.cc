#include "store/ingest/profile_name.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/profile_builder.h"

namespace pmcp::store {
namespace {

struct NameCase {
  std::vector<std::string> types;
  const char* file_name;
  const char* name;
};

TEST(ProfileName, FollowsItsTable) {
  const std::vector<NameCase> cases = {
      {{"samples", "cpu"}, "x.pb.gz", "process_cpu"},
      {{"cpu"}, "x.pb.gz", "process_cpu"},
      {{"cpu", "wall"}, "x.pb.gz", "wall"},
      {{"sample", "wall"}, "x.pb.gz", "wall"},
      {{"samples", "time"}, "x.pb.gz", "fgprof"},
      {{"samples", "count"}, "x.pb.gz", "samples"},
      {{"time"}, "x.pb.gz", "time"},
      {{"alloc_objects", "inuse_space"}, "x.pb.gz", "memory"},
      {{"inuse_objects"}, "x.pb.gz", "memory"},
      {{"malloc"}, "x.pb.gz", "memory"},
      {{"objects", "space"}, "x.pb.gz", "memory"},
      {{"space"}, "x.pb.gz", "memory"},
      {{"goroutine"}, "x.pb.gz", "goroutine"},
      {{"contentions", "delay"}, "x.pb.gz", "mutex"},
      {{"contentions", "delay"}, "shop.block.pb.gz", "block"},
      {{"contentions"}, "block.pb.gz", "contentions"},
      {{"exceptions"}, "block.pb.gz", "exceptions"},
      {{""}, "x.pb.gz", ""}};
  for (const NameCase& c : cases) {
    test::ProfileBuilder::Types types;
    for (const std::string& type : c.types) types.emplace_back(type, "count");
    EXPECT_EQ(ProfileName(test::ProfileBuilder(types).Build(), c.file_name),
              c.name)
        << c.types.front();
  }
}

}  // namespace
}  // namespace pmcp::store
