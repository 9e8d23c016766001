#include "store/ingest/split_by_labels.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/support/store_profiles.h"

namespace pmcp::store {
namespace {

using test::MakeLabels;
using test::ProfileBuilder;

/// One partition a line: labels, then the samples.
std::string ToText(const std::vector<Partition>& partitions) {
  std::string text;
  for (const Partition& partition : partitions) {
    std::vector<std::uint32_t> samples;
    for (std::size_t i = 0; i < partition.samples.size(); ++i) {
      samples.push_back(partition.samples[i]);
    }
    text += fmt::format("{} {}\n", ToString(partition.labels.all()),
                        fmt::join(samples, ","));
  }
  return text;
}

TEST(SplitByLabels, SampleLabelsBecomeSeriesLabels) {
  ProfileBuilder builder;
  builder.Sample("a", {1}, {{"handler", "/b"}})
      .Sample("b", {1})
      .Sample("c", {1}, {{"handler", "/a"}})
      .Sample("d", {1}, {{"handler", "/b"}});
  EXPECT_EQ(ToText(SplitByLabels(builder.Build(), MakeLabels({{"s", "x"}}))),
            "{handler=\"/a\", s=\"x\"} 2\n"
            "{handler=\"/b\", s=\"x\"} 0,3\n"
            "{s=\"x\"} 1\n");
}

TEST(SplitByLabels, SeriesLabelsWin) {
  ProfileBuilder builder;
  builder.Sample("a", {1}, {{"region", "sample"}}).Sample("b", {1});
  // And what is equal then is one partition.
  EXPECT_EQ(
      ToText(SplitByLabels(builder.Build(), MakeLabels({{"region", "eu"}}))),
      "{region=\"eu\"} 0,1\n");
}

TEST(SplitByLabels, OfOneNameTwiceTheFirstValueWins) {
  // Normalisation has sorted them by then.
  ProfileBuilder builder;
  builder.Sample("a", {1}, {{"k", "1"}, {"k", "2"}});
  EXPECT_EQ(ToText(SplitByLabels(builder.Build(), {})), "{k=\"1\"} 0\n");
}

TEST(SplitByLabels, IdsOfSpansAndTracesAreNoLabels) {
  ProfileBuilder builder;
  builder.Sample("a", {1}, {{"span_id", "00000000000000a1"}})
      .Sample("b", {1}, {{"trace_id", "x"}, {"h", "1"}})
      .Sample("c", {1}, {{"profile_id", "y"}})
      .Sample("d", {1}, {{"h", "1"}});
  EXPECT_EQ(ToText(SplitByLabels(builder.Build(), {})),
            "{} 0,2\n{h=\"1\"} 1,3\n");
}

TEST(SplitByLabels, OneTextUnderTwoStringsIsOneLabel) {
  profile::Profile profile = ProfileBuilder().Sample("a", 1).Build();
  for (int i = 0; i < 2; ++i) {
    const profile::SampleLabel label{.key = profile.strings.Append("h"),
                                     .str = profile.strings.Append("1")};
    profile.samples.Append({}, std::vector<std::int64_t>{1}, {&label, 1});
  }
  EXPECT_EQ(ToText(SplitByLabels(profile, {})), "{} 0\n{h=\"1\"} 1,2\n");
}

TEST(SplitByLabels, RenamesDeltaProfiles) {
  const auto labels = [](profile::Labels series) {
    return ToText(
        SplitByLabels(ProfileBuilder().Sample("a", 1).Build(), series));
  };
  EXPECT_EQ(labels(MakeLabels({{"__name__", "godeltaprof_memory"}})),
            "{__name__=\"memory\", "
            "__name_replaced__=\"godeltaprof_memory\"} 0\n");
  EXPECT_EQ(labels(MakeLabels({{"__name__", "godeltaprof_"}})),
            "{__name__=\"godeltaprof_\"} 0\n");
  EXPECT_EQ(labels(MakeLabels({{"__name__", "wall"}, {"__type__", "cpu"}})),
            "{__name__=\"process_cpu\", __name_replaced__=\"wall\", "
            "__type__=\"cpu\"} 0\n");
  EXPECT_EQ(labels(MakeLabels({{"__name__", "wall"}})),
            "{__name__=\"wall\"} 0\n");
}

TEST(SplitByLabels, DropsWhatPyroscopeNeverStores) {
  ProfileBuilder builder;
  builder.Sample("a", {1}, {{"__session_id__", "s"}});
  EXPECT_EQ(
      ToText(SplitByLabels(builder.Build(), MakeLabels({{"__delta__", "false"},
                                                        {"__order__", "1"}}))),
      "{} 0\n");
}

}  // namespace
}  // namespace pmcp::store
