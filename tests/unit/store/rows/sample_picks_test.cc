#include "store/rows/sample_picks.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/collapsed.h"
#include "tests/support/fake_clock.h"
#include "tests/support/store_profiles.h"

namespace pmcp::store {
namespace {

using test::ProfileBuilder;

constexpr char kTrace[] = "000000000000000000000000000000f1";

/// The tree of what is picked from the row with the labels `label`.
std::string Picked(const IngestedFile& file, const std::string& handler,
                   const source::SampleSelection& selection) {
  profile::Stacks stacks;
  for (const FileRow& row : file.rows.rows) {
    if (row.series->labels.Get("handler") != handler) continue;
    std::vector<profile::SamplePick> picks;
    PickSamples(*file.samples, row, selection, picks);
    stacks.Add({{file.samples, &file.samples->stacks}, picks});
  }
  return test::ToText(stacks.ToTree());
}

IngestedFile Ingest(ProfileBuilder& builder) {
  return test::MustIngest(test::PprofFile(builder.Build()),
                          {"x.pb", {}, TimePoint()});
}

source::SampleSelection CallSite(std::vector<std::string> names) {
  return {.span_ids = {},
          .trace_ids = {},
          .profile_ids = {},
          .call_site = std::move(names)};
}

TEST(PickSamples, TakesThoseOfTheRow) {
  ProfileBuilder builder;
  builder.Sample("main;a", {1}, {{"handler", "/x"}}).Sample("main;b", {2});
  const IngestedFile file = Ingest(builder);
  EXPECT_EQ(Picked(file, "/x", {}), "main 0 1\n  a 1 1\n");
  EXPECT_EQ(Picked(file, "", {}), "main 0 2\n  b 2 2\n");
}

TEST(PickSamples, TakesTheValuesOfTheType) {
  ProfileBuilder builder({{"samples", "count"}, {"cpu", "nanoseconds"}});
  builder.Sample("main;a", {1, 0}).Sample("main;b", {0, 7});
  const IngestedFile file = Ingest(builder);
  ASSERT_EQ(file.rows.rows.size(), 2u);
  std::vector<profile::SamplePick> picks;
  PickSamples(*file.samples, file.rows.rows[1], {}, picks);
  ASSERT_EQ(picks.size(), 1u);
  EXPECT_EQ(picks[0].sample, 1u);
  EXPECT_EQ(picks[0].value, 7);
}

TEST(PickSamples, SelectsBySpanAndTrace) {
  ProfileBuilder builder;
  builder
      .Sample("a", {1}, {{"span_id", "00000000000000a1"}, {"trace_id", kTrace}})
      .Sample("b", {2}, {{"span_id", "00000000000000a2"}})
      .Sample("c", {4}, {{"trace_id", kTrace}})
      .Sample("d", {8});
  const IngestedFile file = Ingest(builder);
  const auto by_spans = [](std::vector<std::uint64_t> ids) {
    return source::SampleSelection{.span_ids = std::move(ids),
                                   .trace_ids = {},
                                   .profile_ids = {},
                                   .call_site = {}};
  };
  EXPECT_EQ(Picked(file, "", by_spans({0xa1})), "a 1 1\n");
  EXPECT_EQ(Picked(file, "", by_spans({0xa1, 0xa2})), "a 1 1\nb 2 2\n");
  EXPECT_EQ(Picked(file, "", by_spans({0xff})), "");
  // The id 0 is "no span", which nobody can ask for.
  EXPECT_EQ(Picked(file, "", by_spans({0})), "");

  source::SampleSelection by_trace;
  by_trace.trace_ids = {std::string(15, '\0') + '\xf1'};
  EXPECT_EQ(Picked(file, "", by_trace), "a 1 1\nc 4 4\n");
}

TEST(PickSamples, SelectsByTheBeginOfTheStack) {
  ProfileBuilder builder;
  builder.Sample("main;serve>inlined;leaf", 1)
      .Sample("main;serve>inlined", 2)
      .Sample("main;other;serve", 4)
      .Sample("main", 8)
      .Sample("", 16);
  const IngestedFile file = Ingest(builder);
  EXPECT_EQ(Picked(file, "", CallSite({"main", "serve", "inlined"})),
            "main 0 3\n  serve 0 3\n    inlined 2 3\n      leaf 1 1\n");
  // The middle of a location is no end.
  EXPECT_EQ(Picked(file, "", CallSite({"main", "serve"})),
            "main 0 3\n  serve 0 3\n    inlined 2 3\n      leaf 1 1\n");
  EXPECT_EQ(Picked(file, "", CallSite({"serve"})), "");
  EXPECT_EQ(
      Picked(file, "", CallSite({"main", "serve", "inlined", "leaf", "more"})),
      "");
  EXPECT_EQ(Picked(file, "", CallSite({"main", "other"})),
            "main 0 4\n  other 0 4\n    serve 4 4\n");
}

}  // namespace
}  // namespace pmcp::store
