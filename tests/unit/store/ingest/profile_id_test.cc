#include "store/ingest/profile_id.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "source/query.h"

namespace pmcp::store {
namespace {

TEST(ProfileId, IsAUuidThatNeverChanges) {
  // Users store ids in notes and links, which another algorithm would break.
  EXPECT_EQ(ProfileId("shop/cpu.pb.gz", "bytes"),
            "f5aaf3d9-424a-8a26-ad68-7ac012719275");
}

TEST(ProfileId, IsWhatQueriesTake) {
  for (int i = 0; i < 100; ++i) {
    const std::string id = ProfileId("a", std::to_string(i));
    const auto selection = source::MakeSampleSelection({.span_ids = {},
                                                        .trace_ids = {},
                                                        .profile_ids = {id},
                                                        .call_site = {}});
    ASSERT_TRUE(selection.ok()) << id;
    EXPECT_EQ(selection->profile_ids.front(), id);
    EXPECT_EQ(id[14], '8');
    EXPECT_NE(std::string("89ab").find(id[19]), std::string::npos) << id;
  }
}

TEST(ProfileId, DiffersWithEveryByte) {
  std::set<std::string> ids;
  const std::string bytes(64, 'x');
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string changed = bytes;
    changed[i] = 'y';
    ids.insert(ProfileId("a", changed));
    ids.insert(ProfileId("a", bytes.substr(0, i)));
  }
  EXPECT_EQ(ids.size(), 2 * bytes.size());
}

}  // namespace
}  // namespace pmcp::store
