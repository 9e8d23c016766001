#include "store/folder/sample_cache.h"

#include <gtest/gtest.h>

#include <memory>

namespace pmcp::store {
namespace {

/// Samples of about `bytes` bytes.
std::shared_ptr<const FileSamples> OfSize(std::size_t bytes) {
  auto samples = std::make_shared<FileSamples>();
  const std::size_t own = samples->memory_bytes();
  samples->partitions.reserve((bytes - own) / sizeof(SampleNumbers));
  return samples;
}

TEST(SampleCache, KeepsWhatFits) {
  SampleCache cache(10'000);
  const auto samples = OfSize(4000);
  cache.Add(1, samples);
  EXPECT_EQ(cache.Find(1), samples);
  EXPECT_EQ(cache.Find(2), nullptr);
  EXPECT_EQ(cache.memory_bytes(), samples->memory_bytes());
}

TEST(SampleCache, MakesRoomForWhatIsSetAside) {
  SampleCache cache(10'000);
  for (const std::uint64_t version : {1, 2}) cache.Add(version, OfSize(4000));
  cache.SetAside(5000);
  EXPECT_EQ(cache.Find(1), nullptr);
  EXPECT_NE(cache.Find(2), nullptr);
  cache.SetAside(20'000);
  EXPECT_EQ(cache.memory_bytes(), 0u);
  cache.SetAside(0);
  cache.Add(3, OfSize(4000));
  EXPECT_NE(cache.Find(3), nullptr);
}

TEST(SampleCache, DropsWhatWasUsedLongestAgo) {
  SampleCache cache(10'000);
  for (const std::uint64_t version : {1, 2}) cache.Add(version, OfSize(4000));
  cache.Find(1);
  cache.Add(3, OfSize(4000));
  EXPECT_NE(cache.Find(1), nullptr);
  EXPECT_EQ(cache.Find(2), nullptr);
  EXPECT_NE(cache.Find(3), nullptr);
  EXPECT_LE(cache.memory_bytes(), 10'000u);
}

TEST(SampleCache, DoesNotKeepWhatNeverFits) {
  SampleCache cache(10'000);
  cache.Add(1, OfSize(4000));
  cache.Add(2, OfSize(12'000));
  EXPECT_NE(cache.Find(1), nullptr);
  EXPECT_EQ(cache.Find(2), nullptr);
}

TEST(SampleCache, DropsNothingThatIsInUse) {
  SampleCache cache(5000);
  const std::weak_ptr<const FileSamples> weak = [&] {
    const auto samples = OfSize(4000);
    cache.Add(1, samples);
    return samples;
  }();
  const auto used = cache.Find(1);
  cache.Add(2, OfSize(4000));
  EXPECT_EQ(cache.Find(1), nullptr);
  EXPECT_FALSE(weak.expired());
}

TEST(SampleCache, RemovesAndAddsOnce) {
  SampleCache cache(10'000);
  cache.Add(1, OfSize(4000));
  cache.Add(1, OfSize(4000));
  EXPECT_LT(cache.memory_bytes(), 5000u);
  cache.Remove(1);
  cache.Remove(1);
  EXPECT_EQ(cache.Find(1), nullptr);
  EXPECT_EQ(cache.memory_bytes(), 0u);
}

TEST(SampleCache, WithoutABudgetKeepsNothing) {
  SampleCache cache(0);
  cache.Add(1, OfSize(4000));
  EXPECT_EQ(cache.Find(1), nullptr);
}

}  // namespace
}  // namespace pmcp::store
