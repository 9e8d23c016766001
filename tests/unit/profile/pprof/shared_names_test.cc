#include "profile/pprof/shared_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/profile_builder.h"

namespace pmcp::profile {
namespace {

using test::ProfileBuilder;
using testing::ElementsAre;

/// A profile with the functions PREFIX0, PREFIX1, …
Profile WithFunctions(const std::string& prefix, std::size_t count) {
  ProfileBuilder builder;
  for (std::size_t i = 0; i < count; ++i) {
    builder.Sample(prefix + std::to_string(i), 1);
  }
  return builder.Build();
}

std::vector<std::string> TextsOf(const SharedNames::Names& names) {
  std::vector<std::string> texts;
  for (const StringId name : names.of_function) {
    texts.emplace_back((*names.table)[name]);
  }
  return texts;
}

TEST(SharedNames, HoldWhatProfilesHaveInCommonOnce) {
  SharedNames names;
  const auto first = names.Add(ProfileBuilder().Sample("main;a", 1).Build());
  EXPECT_THAT(TextsOf(first), ElementsAre("main", "a"));
  const auto second = names.Add(ProfileBuilder().Sample("b;main", 1).Build());
  EXPECT_THAT(TextsOf(second), ElementsAre("b", "main"));
  EXPECT_EQ(first.table, second.table);
  EXPECT_EQ(first.table->size(), 3u);
}

TEST(SharedNames, ChargeEachProfileForAllOfItsNames) {
  SharedNames names;
  const auto first = names.Add(WithFunctions("f", 100));
  const auto again = names.Add(WithFunctions("f", 100));
  EXPECT_EQ(first.memory_bytes, again.memory_bytes);
  EXPECT_GE(first.memory_bytes, names.Add(WithFunctions("f", 10)).memory_bytes);
  // The table of one profile only.
  SharedNames alone;
  const auto only = alone.Add(WithFunctions("f", 100));
  EXPECT_GE(2 * only.memory_bytes, only.table->memory_bytes());
}

TEST(SharedNames, BeginANewTableInTime) {
  SharedNames names;
  const auto first = names.Add(WithFunctions("f", 1));
  const std::weak_ptr<const StringTable> table = first.table;
  std::size_t profiles = 1;
  while (names.Add(WithFunctions("f", 1)).table == first.table) ++profiles;
  EXPECT_EQ(profiles, 64u);
}

TEST(SharedNames, KeepTablesSmall) {
  SharedNames names;
  const auto first = names.Add(WithFunctions("a", 3000));
  const auto second = names.Add(WithFunctions("b", 3000));
  EXPECT_NE(first.table, second.table);
  EXPECT_EQ(first.table->size(), 3000u);
}

TEST(SharedNames, CloseATableOfLongNames) {
  SharedNames names;
  const std::string prefix(10'000, 'x');
  const auto first = names.Add(WithFunctions(prefix, 100));
  EXPECT_NE(names.Add(WithFunctions(prefix, 100)).table, first.table);
}

TEST(SharedNames, GiveALargeProfileATableOfItsOwn) {
  SharedNames names;
  const auto before = names.Add(WithFunctions("a", 1));
  const auto large = names.Add(WithFunctions("f", 5000));
  EXPECT_EQ(large.table->size(), 5000u);
  EXPECT_EQ((*large.table)[large.of_function[4999]], "f4999");
  EXPECT_EQ(large.memory_bytes, large.table->memory_bytes());
  // Small profiles continue to share their table.
  EXPECT_EQ(names.Add(WithFunctions("a", 1)).table, before.table);
}

}  // namespace
}  // namespace pmcp::profile
