#include "profile/pprof/id_index.h"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

namespace pmcp::profile {
namespace {

constexpr std::uint64_t kHuge = std::numeric_limits<std::uint64_t>::max();

using Ids = std::vector<std::uint64_t>;

TEST(IdIndex, FindsIdsThatCountFromOne) {
  const IdIndex index(Ids{1, 2, 3});
  EXPECT_EQ(index.Find(1), 0u);
  EXPECT_EQ(index.Find(3), 2u);
  EXPECT_EQ(index.Find(4), kNoIndex);
  EXPECT_EQ(index.Find(0), kNoIndex);
  EXPECT_EQ(index.Find(kHuge), kNoIndex);
}

TEST(IdIndex, FindsSmallIdsInAnyOrder) {
  const IdIndex index(Ids{3, 1, 2});
  EXPECT_EQ(index.Find(1), 1u);
  EXPECT_EQ(index.Find(2), 2u);
  EXPECT_EQ(index.Find(3), 0u);
  EXPECT_EQ(index.Find(4), kNoIndex);
  EXPECT_EQ(index.Find(kHuge), kNoIndex);
  EXPECT_EQ(index.Find(0), kNoIndex);
}

TEST(IdIndex, FindsAddresses) {
  const IdIndex index(Ids{0x7fff12345678, 0x400000, kHuge});
  EXPECT_EQ(index.Find(0x7fff12345678), 0u);
  EXPECT_EQ(index.Find(0x400000), 1u);
  EXPECT_EQ(index.Find(kHuge), 2u);
  EXPECT_EQ(index.Find(1), kNoIndex);
  EXPECT_EQ(index.Find(0), kNoIndex);
}

TEST(IdIndex, KnowsNothingWhenEmpty) {
  const IdIndex index((Ids()));
  EXPECT_EQ(index.Find(0), kNoIndex);
  EXPECT_EQ(index.Find(1), kNoIndex);
}

TEST(IdIndex, TellsOfDuplicates) {
  EXPECT_EQ(IdIndex(Ids{1, 2, 1}).duplicate(), 1u);
  EXPECT_EQ(IdIndex(Ids{kHuge, 2, kHuge}).duplicate(), kHuge);
  EXPECT_EQ(IdIndex(Ids{1, 2}).duplicate(), std::nullopt);
  EXPECT_EQ(IdIndex(Ids{0, 0, kHuge}).duplicate(), std::nullopt);
  EXPECT_EQ(IdIndex(Ids{0, 0, 1}).duplicate(), std::nullopt);
}

}  // namespace
}  // namespace pmcp::profile
