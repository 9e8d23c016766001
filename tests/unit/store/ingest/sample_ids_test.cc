#include "store/ingest/sample_ids.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/profile_builder.h"

namespace pmcp::store {
namespace {

using test::ProfileBuilder;

constexpr char kTraceF1[] = "000000000000000000000000000000f1";

TEST(SampleIds, AreAColumnOfTheirOwn) {
  ProfileBuilder builder;
  builder
      .Sample("a", {1},
              {{"span_id", "00000000000000a1"}, {"trace_id", kTraceF1}})
      .Sample("b", {1})
      .Sample("c", {1}, {{"profile_id", "00000000000000B2"}})
      .Sample("d", {1}, {{"trace_id", kTraceF1}});
  const SampleIds ids(builder.Build());
  EXPECT_EQ(ids.span(0), 0xa1u);
  EXPECT_EQ(ids.span(1), 0u);
  EXPECT_EQ(ids.span(2), 0xb2u);
  EXPECT_EQ(ids.span(3), 0u);
  EXPECT_EQ(ids.trace(0), std::string(15, '\0') + '\xf1');
  EXPECT_EQ(ids.trace(1), "");
  EXPECT_EQ(ids.trace(3), ids.trace(0));
}

TEST(SampleIds, WhatIsNoIdIsNone) {
  ProfileBuilder builder;
  builder.Sample("a", {1}, {{"span_id", "a1"}, {"trace_id", "f1"}})
      .Sample("b", {1}, {{"span_id", "00000000000000ax"}})
      .Sample("c", {1}, {{"trace_id", std::string(32, 'g')}})
      .Sample("d", {1}, {{"trace_id", std::string(16, '0')}})
      .Sample("e", {1}, {{"trace_id", std::string(33, '0')}});
  const SampleIds ids(builder.Build());
  for (std::size_t sample = 0; sample < 5; ++sample) {
    EXPECT_EQ(ids.span(sample), 0u) << sample;
    EXPECT_EQ(ids.trace(sample), "") << sample;
  }
}

TEST(SampleIds, CostNothingWhereThereAreNone) {
  ProfileBuilder builder;
  for (int i = 0; i < 1000; ++i) builder.Sample("a", 1);
  EXPECT_LT(SampleIds(builder.Build()).memory_bytes(), 100u);
}

TEST(SampleIds, KeepManyTracesApart) {
  ProfileBuilder builder;
  const auto trace = [](int i) {
    std::string hex = std::to_string(i);
    return std::string(32 - hex.size(), '0') + hex;
  };
  for (int i = 0; i < 100; ++i) {
    builder.Sample("a", {1}, {{"trace_id", trace(i / 2)}});
  }
  const SampleIds ids(builder.Build());
  for (std::size_t sample = 0; sample < 100; sample += 2) {
    EXPECT_EQ(ids.trace(sample), ids.trace(sample + 1));
    EXPECT_NE(ids.trace(sample), ids.trace((sample + 2) % 100));
  }
}

}  // namespace
}  // namespace pmcp::store
