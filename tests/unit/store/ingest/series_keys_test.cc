#include "store/ingest/series_keys.h"

#include <gtest/gtest.h>

#include "tests/support/store_profiles.h"

namespace pmcp::store {
namespace {

using profile::ProfileType;
using test::MakeLabels;

const ProfileType kCpu{"process_cpu", "cpu", "nanoseconds", "cpu",
                       "nanoseconds"};
const ProfileType kSamples{"process_cpu", "samples", "count", "cpu",
                           "nanoseconds"};

TEST(SeriesKeys, SharesTheKeysOfTheFileBefore) {
  SeriesKeys memo;
  const profile::Labels labels = MakeLabels({{"service_name", "shop"}});
  memo.BeginFile();
  const auto cpu = memo.KeyOf(labels, kCpu);
  const auto samples = memo.KeyOf(labels, kSamples);
  EXPECT_EQ(*cpu, MakeSeriesKey(labels, kCpu));
  EXPECT_EQ(*samples, MakeSeriesKey(labels, kSamples));
  memo.BeginFile();
  EXPECT_EQ(memo.KeyOf(labels, kCpu), cpu);
  EXPECT_EQ(memo.KeyOf(labels, kSamples), samples);
}

TEST(SeriesKeys, MakesAKeyWhereTheFileBeforeHadAnother) {
  SeriesKeys memo;
  const profile::Labels shop = MakeLabels({{"service_name", "shop"}});
  const profile::Labels cart = MakeLabels({{"service_name", "cart"}});
  memo.BeginFile();
  const auto first = memo.KeyOf(shop, kCpu);
  memo.BeginFile();
  EXPECT_EQ(*memo.KeyOf(cart, kCpu), MakeSeriesKey(cart, kCpu));
  memo.BeginFile();
  EXPECT_EQ(*memo.KeyOf(cart, kSamples), MakeSeriesKey(cart, kSamples));
  EXPECT_EQ(*memo.KeyOf(shop, kCpu), *first);
}

}  // namespace
}  // namespace pmcp::store
