#include "store/ingest/ingest.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "profile/pprof/pprof_encode.h"
#include "store/ingest/label_rules.h"
#include "tests/support/fake_clock.h"
#include "tests/support/store_profiles.h"

namespace pmcp::store {
namespace {

using test::MakeLabels;
using test::MustIngest;
using test::ProfileBuilder;

const TimePoint kModified = test::At("2026-07-28T09:00:00Z");
const TimePoint kTime = test::At("2026-07-28T10:00:00Z");

FilePlace PlaceOf(const std::string& path) {
  return {path, LabelsOfPath(path, {}, IngestRules::kAsPushed), kModified};
}

/// One line per row: labels and total.
std::string ToText(const FileRows& rows) {
  std::string text;
  for (const FileRow& row : rows.rows) {
    text +=
        fmt::format("{} {}\n", ToString(row.series->labels.all()), row.total);
  }
  return text;
}

/// The stacks with their first values.
std::string Text(const FileSamples& samples) {
  std::string text;
  for (std::size_t sample = 0; sample < samples.stacks.size(); ++sample) {
    samples.stacks.WithStacks([&](const auto& stacks) {
      for (const auto location : stacks.LocationsOf(sample)) {
        for (const profile::StringId name : stacks.FramesOf(location)) {
          text += fmt::format("{};", samples.stacks.names()[name]);
        }
      }
    });
    text += fmt::format("{}\n", samples.stacks.value(sample, 0));
  }
  return text;
}

TEST(IngestFile, GivesASeriesTheLabelsOfPyroscope) {
  const std::string file = test::CpuFile(kTime, "main", 5);
  EXPECT_EQ(ToText(MustIngest(file, PlaceOf("shop/x.pb.gz")).rows),
            "{__name__=\"process_cpu\", __period_type__=\"cpu\", "
            "__period_unit__=\"nanoseconds\", "
            "__profile_type__=\"process_cpu:cpu:nanoseconds:cpu:nanoseconds\", "
            "__service_name__=\"shop\", __type__=\"cpu\", "
            "__unit__=\"nanoseconds\", service_name=\"shop\"} 5\n");
}

TEST(IngestFile, WithoutAPeriodThereAreNoPeriodLabels) {
  const auto profile =
      ProfileBuilder(ProfileBuilder::Types{{"malloc", "bytes"}})
          .Sample("main", 5)
          .Build();
  const auto file =
      MustIngest(test::PprofFile(profile), PlaceOf("shop/x.pb.gz"));
  ASSERT_EQ(file.rows.rows.size(), 1u);
  EXPECT_EQ(file.rows.rows[0].series->type.Id(), "memory:malloc:bytes::");
  EXPECT_FALSE(file.rows.rows[0].series->labels.Has(profile::kLabelPeriodType));
}

TEST(IngestFile, HasARowForEachTypeWithAPositiveValue) {
  ProfileBuilder builder({{"alloc_space", "bytes"},
                          {"inuse_objects", "count"},
                          {"inuse_space", "bytes"}});
  builder.Sample("main;a", {10, 0, 1}, {{"h", "1"}})
      .Sample("main;b", {20, 0, 0})
      .Sample("main;c", {30, 0, 0}, {{"h", "1"}});
  const auto file =
      MustIngest(test::PprofFile(builder.Build()), PlaceOf("shop/x.pb"));
  std::string rows;
  for (const FileRow& row : file.rows.rows) {
    rows +=
        fmt::format("{} {} {} {}\n", row.series->labels.Get("h"),
                    row.series->type.sample_type, row.total, row.value_index);
  }
  EXPECT_EQ(rows,
            "1 alloc_space 40 0\n"
            "1 inuse_space 1 2\n"
            " alloc_space 20 0\n");
  EXPECT_EQ(file.samples->partitions.size(), 2u);
}

TEST(IngestFile, CountsSamplesWithoutAStackInTotals) {
  ProfileBuilder builder;
  builder.Sample("main", 5).Sample("", 3);
  const auto file =
      MustIngest(test::PprofFile(builder.Build()), PlaceOf("x.pb"));
  ASSERT_EQ(file.rows.rows.size(), 1u);
  EXPECT_EQ(file.rows.rows[0].total, 8);
}

TEST(IngestFile, AFileWithoutValuesHasNoRows) {
  const auto file =
      MustIngest(test::PprofFile(ProfileBuilder().Sample("a", 0).Build()),
                 PlaceOf("x.pb"));
  EXPECT_TRUE(file.rows.rows.empty());
}

TEST(IngestFile, TakesTheTimeOfTheProfileElseOfTheFile) {
  const auto time = [](std::int64_t nanos) {
    auto profile = test::CpuProfile(kTime, "main", 1);
    profile.time_nanos = nanos;
    return MustIngest(test::PprofFile(profile), PlaceOf("x.pb")).rows.time;
  };
  EXPECT_EQ(time(17), TimePoint(std::chrono::nanoseconds(17)));
  EXPECT_EQ(time(0), kModified);
  EXPECT_EQ(time(-1), kModified);
}

TEST(IngestFile, RulesOverrideTheNameOfTheProfile) {
  FilePlace place = PlaceOf("x.pb");
  place.labels.Set(profile::kLabelName, "my_cpu");
  place.labels.Set(profile::kLabelServiceName, "");
  const auto file = MustIngest(test::CpuFile(kTime, "main", 1), place);
  ASSERT_EQ(file.rows.rows.size(), 1u);
  const SeriesKey& series = *file.rows.rows[0].series;
  EXPECT_EQ(series.type.Id(), "my_cpu:cpu:nanoseconds:cpu:nanoseconds");
  EXPECT_EQ(series.labels.Get(profile::kLabelServiceName), "unknown_service");
  EXPECT_EQ(series.labels.Get(profile::kLabelPrivateServiceName),
            "unknown_service");
}

TEST(IngestFile, RefusesTooManyLabels) {
  ProfileBuilder::Labels labels;
  for (int i = 0; i < 300; ++i) {
    labels.emplace_back("label" + std::to_string(i), "x");
  }
  const auto file = IngestFile(
      ByteBuffer(test::CpuFile(kTime, "main", 1, labels)), PlaceOf("x.pb"));
  ASSERT_FALSE(file.ok());
  EXPECT_EQ(file.error().message,
            "has 302 labels on one series; at most 30 are allowed");
}

TEST(IngestFile, RefusesWhatIsNoProfile) {
  EXPECT_FALSE(IngestFile(ByteBuffer("hello"), PlaceOf("x.pb")).ok());
  EXPECT_FALSE(IngestFile(ByteBuffer(""), PlaceOf("x.pb")).ok());
}

TEST(Ingester, DoesWithEachFileAsIfItWereTheOnlyOne) {
  ProfileBuilder large;
  for (int i = 0; i < 60'000; ++i) {
    large.Sample(fmt::format("main;f{}", i % 5000), 1);
  }
  const std::string files[] = {
      test::CpuFile(kTime, "main;work", 5, {{"handler", "/x"}}),
      test::PprofFile(large.Build()), "no profile",
      profile::EncodePprof(test::CpuProfile(kTime, "a;b>c", 7)),
      test::CpuFile(kTime, "main;F[go.shape.int]", 2)};
  Ingester ingester;
  for (int i = 0; i < 10; ++i) {
    const std::string& bytes = files[i % 5];
    const FilePlace place = PlaceOf("shop/x.pb.gz");
    ByteBuffer buffer(bytes);
    const auto file = ingester.Ingest(buffer, place);
    const auto alone = IngestFile(ByteBuffer(bytes), place);
    ASSERT_EQ(file.ok(), alone.ok());
    if (!file.ok()) continue;
    EXPECT_EQ(ToText(file->rows), ToText(alone->rows));
    EXPECT_EQ(file->rows.profile_id, alone->rows.profile_id);
    EXPECT_EQ(Text(*file->samples), Text(*alone->samples));
  }
}

TEST(IngestFile, GivesAFileAlwaysTheSameId) {
  const std::string file = test::CpuFile(kTime, "main", 1);
  const auto id = [](const std::string& bytes, const std::string& path) {
    return MustIngest(bytes, PlaceOf(path)).rows.profile_id;
  };
  // A literal id, as it must not change from build to build.
  EXPECT_EQ(id(file, "a.pb"), id(file, "a.pb"));
  EXPECT_NE(id(file, "a.pb"), id(file, "b.pb"));
  EXPECT_NE(id(file, "a.pb"), id(test::CpuFile(kTime, "main", 2), "a.pb"));
}

}  // namespace
}  // namespace pmcp::store
