// What an exported file keeps of the files that it is made from. tests/pprof
// compares whole files with what pprof reads.
#include "store/export_profile.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "tests/support/asked_folder.h"
#include "tests/support/profile_text.h"
#include "tests/support/store_profiles.h"

namespace pmcp::store {
namespace {

using profile::Profile;
using std::chrono::seconds;
using test::AskedFolder;
using test::PprofFile;
using test::ProfileBuilder;
using test::StacksText;

const TimePointMs kTen = test::At("2026-07-28T10:00:00Z");
const std::int64_t kTenNanos = ToNanos(kTen.time_since_epoch());
const profile::ProfileType kCpu = {"process_cpu", "cpu", "nanoseconds", "cpu",
                                   "nanoseconds"};

// Two types, two tenants, and a time and a duration that no millisecond is.
Profile ApiProfile() {
  ProfileBuilder builder({{"samples", "count"}, {"cpu", "nanoseconds"}});
  builder.Sample("main;a", {7, 70}, {{"tenant", "A"}})
      .Sample("main;b", {3, 30}, {{"tenant", "B"}})
      .Sample("main;c", {1, 0}, {{"tenant", "A"}});
  Profile p = builder.Build();
  p.time_nanos = kTenNanos + 123'456'789;
  p.duration_nanos = 10'000'000'001;
  p.period = 10'000'000;
  p.has_period_type = true;
  p.period_type = {p.strings.Intern("cpu"), p.strings.Intern("nanoseconds")};
  p.comments = {p.strings.Intern("by hand")};
  return p;
}

source::ExportQuery Query(std::string_view selector, bool all_types) {
  return {.profiles = {kCpu,
                       *profile::LabelSelector::Parse(selector),
                       {kTen - seconds(60), kTen + seconds(60)}},
          .samples = {},
          .all_types = all_types};
}

class ExportProfileTest : public testing::Test {
 protected:
  source::ExportedProfile Export(const source::ExportQuery& query) {
    auto answer = folder_.source().ExportProfile(query, {});
    EXPECT_TRUE(answer.ok());
    return std::move(answer->data);
  }
  std::string LabelsOf(const Profile& profile, std::size_t sample) {
    std::string text;
    for (const auto& label : profile.samples.labels(sample)) {
      text += std::string(profile.strings[label.key]) + "=" +
              std::string(profile.strings[label.str]) + " ";
    }
    return text;
  }

  const AskedFolder folder_{{.folder = {}}};
};

TEST_F(ExportProfileTest, AWholeFileKeepsEverything) {
  folder_.Write("api.pprof", PprofFile(ApiProfile()));
  const auto exported = Export(Query("{}", true));
  const Profile& p = exported.profile;
  EXPECT_EQ(exported.files, 1u);
  EXPECT_FALSE(exported.lacks_types);
  EXPECT_EQ(test::FullText(p), test::FullText(ApiProfile()));
  EXPECT_EQ(p.time_nanos, kTenNanos + 123'456'789);
  EXPECT_EQ(p.duration_nanos, 10'000'000'001);
  EXPECT_EQ(LabelsOf(p, 1), "tenant=B ");
  ASSERT_EQ(p.comments.size(), 1u);
  EXPECT_EQ(p.strings[p.comments[0]], "by hand");
}

TEST_F(ExportProfileTest, OneTypeKeepsLabelsPeriodAndTimes) {
  folder_.Write("api.pprof", PprofFile(ApiProfile()));
  const auto exported = Export(Query("{}", false));
  const Profile& p = exported.profile;
  ASSERT_EQ(p.sample_types.size(), 1u);
  EXPECT_EQ(p.period, 10'000'000);
  EXPECT_EQ(p.time_nanos, kTenNanos + 123'456'789);
  EXPECT_EQ(p.duration_nanos, 10'000'000'001);
  EXPECT_EQ(p.comments.size(), 1u);
  // The third sample has no CPU time.
  ASSERT_EQ(p.samples.size(), 2u);
  EXPECT_EQ(p.samples.values(0)[0], 70);
  EXPECT_EQ(LabelsOf(p, 0), "tenant=A ");
  EXPECT_EQ(LabelsOf(p, 1), "tenant=B ");
}

TEST_F(ExportProfileTest, SelectorsHoldAndNothingOfOthersIsInTheFile) {
  folder_.Write("api.pprof", PprofFile(ApiProfile()));
  for (const bool all_types : {false, true}) {
    const auto exported = Export(Query(R"({tenant="B"})", all_types));
    const Profile& p = exported.profile;
    ASSERT_EQ(p.samples.size(), 1u);
    EXPECT_EQ(p.samples.values(0).back(), 30);
    for (profile::StringId id = 0; id < p.strings.size(); ++id) {
      EXPECT_NE(p.strings[id], "A");
      EXPECT_NE(p.strings[id], "a");
    }
  }
}

TEST_F(ExportProfileTest, CallSitesAndTheWindowHold) {
  folder_.Write("api.pprof", PprofFile(ApiProfile()));
  source::ExportQuery query = Query("{}", true);
  query.samples.call_site = {"main", "c"};
  EXPECT_EQ(StacksText(Export(query).profile), "main;c 1 0 with labels\n");
  query.samples.call_site = {"nope"};
  EXPECT_EQ(Export(query).profile.samples.size(), 0u);
  query = Query("{}", true);
  query.profiles.range.from = kTen + seconds(1);
  EXPECT_EQ(Export(query).files, 0u);
}

TEST_F(ExportProfileTest, SpansAndProfileIdsHold) {
  Profile p = ProfileBuilder()
                  .Sample("a", {1}, {{"span_id", "000000000000000a"}})
                  .Sample("b", {2}, {{"span_id", "000000000000000b"}})
                  .Build();
  p.time_nanos = kTenNanos;
  const std::string bytes = PprofFile(p);
  folder_.Write("api.pprof", bytes);
  source::ExportQuery query = Query("{}", true);
  query.profiles.type.period_type.clear();
  query.profiles.type.period_unit.clear();
  EXPECT_EQ(Export(query).profile.samples.size(), 2u);
  query.samples.span_ids = {0xb};
  EXPECT_EQ(StacksText(Export(query).profile), "b 2 with labels\n");
  query.samples.span_ids.clear();
  query.samples.profile_ids = {"00000000-0000-8000-8000-000000000000"};
  EXPECT_EQ(Export(query).files, 0u);
}

TEST_F(ExportProfileTest, SeveralFilesAreMergedInTheirOrder) {
  Profile later = ApiProfile();
  later.time_nanos += 1'000'000'000;
  later.period = 20'000'000;
  later.comments = {later.strings.Intern("second")};
  folder_.Write("a.pprof", PprofFile(later));
  folder_.Write("b.pprof", PprofFile(ApiProfile()));
  const auto exported = Export(Query("{}", true));
  const Profile& p = exported.profile;
  EXPECT_EQ(exported.files, 2u);
  EXPECT_EQ(StacksText(p),
            "main;a 14 140 with labels\nmain;b 6 60 with labels\n"
            "main;c 2 0 with labels\n");
  EXPECT_EQ(p.time_nanos, kTenNanos + 123'456'789);
  EXPECT_EQ(p.duration_nanos, 20'000'000'002);
  EXPECT_EQ(p.period, 20'000'000);
  ASSERT_EQ(p.comments.size(), 2u);
  EXPECT_EQ(p.strings[p.comments[0]], "second");
}

TEST_F(ExportProfileTest, CountsThatAreShownAsCpuTimeAreExportedAsBoth) {
  Profile p = ProfileBuilder(ProfileBuilder::Types{{"samples", "count"}})
                  .Sample("a", {5})
                  .Build();
  p.time_nanos = kTenNanos;
  p.period = 1000;
  p.has_period_type = true;
  p.period_type = {p.strings.Intern("cpu"), p.strings.Intern("nanoseconds")};
  folder_.Write("a.pprof", PprofFile(p));
  EXPECT_EQ(StacksText(Export(Query("{}", false)).profile), "a 5000\n");
  // All types are those of the file.
  EXPECT_EQ(StacksText(Export(Query("{}", true)).profile), "a 5\n");
}

TEST_F(ExportProfileTest, NamesStayAsTheFileHasThem) {
  ProfileBuilder builder;
  builder.Sample("_ZN5store4loadEv", {5});
  Profile p = builder.Build();
  p.time_nanos = kTenNanos;
  p.functions[0].system_name = p.functions[0].name;
  folder_.Write("a.pprof", PprofFile(p));
  source::ExportQuery query = Query("{}", false);
  query.profiles.type.period_type.clear();
  query.profiles.type.period_unit.clear();
  query.samples.call_site = {"store::load"};
  const auto exported = Export(query);
  ASSERT_EQ(exported.profile.functions.size(), 1u);
  EXPECT_EQ(exported.profile.strings[exported.profile.functions[0].name],
            "_ZN5store4loadEv");
}

}  // namespace
}  // namespace pmcp::store
