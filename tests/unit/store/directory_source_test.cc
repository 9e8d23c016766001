// Answers from a folder, end to end. broken_folder_test covers bad files, and
// changing_folder_test covers changes.
#include "store/directory_source.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <chrono>
#include <stop_token>
#include <string>
#include <vector>

#include "base/gzip.h"
#include "profile/formats/decode_profile.h"
#include "profile/pprof/pprof_encode.h"
#include "tests/support/asked_folder.h"
#include "tests/support/collapsed.h"
#include "tests/support/store_index.h"
#include "tests/support/store_profiles.h"

namespace pmcp::store {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;
using test::Always;
using test::AskedFolder;
using test::CpuFile;
using test::LabelsWhere;
using Names = std::vector<std::string>;

const TimePointMs kTen = test::At("2026-07-28T10:00:00Z");

TEST(DirectorySource, SaysWhatItIs) {
  const AskedFolder folder;
  EXPECT_EQ(folder.source().Info().kind, "local");
  EXPECT_EQ(folder.source().Info().location, folder.path().string());
}

TEST(DirectorySource, MergesTheStacksOfAllFiles) {
  const AskedFolder folder;
  folder.Write("shop/a.pb.gz", CpuFile(kTen, "main;a", 1));
  folder.Write("shop/b.pb.gz", CpuFile(kTen + seconds(1), "main;b", 2));
  folder.Write("cart/c.pb.gz", CpuFile(kTen, "main;c", 4));
  EXPECT_EQ(folder.Tree("{}"), "main 0 7\n  a 1 1\n  b 2 2\n  c 4 4\n");
  EXPECT_EQ(folder.Tree(R"({service_name="shop"})"),
            "main 0 3\n  a 1 1\n  b 2 2\n");
  EXPECT_EQ(folder.Tree(R"({__file__="shop/b.pb.gz"})"), "main 0 2\n  b 2 2\n");
  EXPECT_EQ(folder.Tree(R"({service_name="nope"})"), "");
}

TEST(DirectorySource, MergesTheLabelSetsOfOneFile) {
  const AskedFolder folder;
  test::ProfileBuilder builder;
  builder.Sample("main;a", {1}, {{"handler", "/x"}})
      .Sample("main;b", {2}, {{"handler", "/y"}})
      .Sample("main;a", {4});
  folder.Write("shop/a.pb.gz", test::PprofFile(builder.Build()));
  const auto tree = [&](std::string_view selector) {
    return folder.Tree(selector, "process_cpu:cpu:nanoseconds::");
  };
  EXPECT_EQ(tree("{}"), "main 0 7\n  a 5 5\n  b 2 2\n");
  EXPECT_EQ(tree(R"({handler!=""})"), "main 0 3\n  a 1 1\n  b 2 2\n");
}

TEST(DirectorySource, SelectsByProfileId) {
  const AskedFolder folder;
  const std::string a = CpuFile(kTen, "main;a", 1);
  folder.Write("shop/a.pb.gz", a);
  folder.Write("shop/b.pb.gz", CpuFile(kTen, "main;b", 2));
  const std::string id =
      test::MustIngest(a, {"shop/a.pb.gz", {}, kTen}).rows.profile_id;
  source::StacktraceQuery query{test::CpuQuery("{}", Always()), {}};
  query.samples.profile_ids = {id};
  const auto answer = folder.source().MergeStacktraces(query, {});
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(test::ToText(answer->data.ToTree()), "main 0 1\n  a 1 1\n");
  query.samples.profile_ids = {"00000000-0000-8000-8000-000000000000"};
  EXPECT_TRUE(folder.source().MergeStacktraces(query, {})->data.empty());
}

TEST(DirectorySource, CoversItsProfilesToTheMillisecond) {
  const AskedFolder folder;
  folder.Write("a.pb", CpuFile(kTen + nanoseconds(1), "main", 1));
  folder.Write("b.pb", CpuFile(kTen + seconds(5) + nanoseconds(1), "main", 1));
  const auto covered = folder.source().Covered({});
  ASSERT_TRUE(covered.ok());
  EXPECT_EQ(covered->data.profiles, 2);
  EXPECT_EQ(covered->data.range.from, kTen);
  EXPECT_EQ(covered->data.range.to, kTen + seconds(5) + milliseconds(1));
  EXPECT_EQ(folder.source().DefaultWindow({})->data, covered->data.range);
}

TEST(DirectorySource, CoversTheRecordingOfTheLastProfile) {
  const AskedFolder folder;
  auto profile =
      *profile::DecodeProfile(ByteBuffer(CpuFile(kTen, "main", 1)), "a.pb.gz");
  profile.duration_nanos = std::chrono::nanoseconds(seconds(10)).count();
  folder.Write("a.pb", profile::EncodePprof(profile));
  EXPECT_EQ(folder.source().Covered({})->data.range.to, kTen + seconds(10));
}

TEST(DirectorySource, CoversTimesAtTheVeryEnd) {
  const AskedFolder folder;
  auto profile =
      *profile::DecodeProfile(ByteBuffer(CpuFile(kTen, "main", 1)), "a.pb.gz");
  profile.time_nanos = INT64_MAX;
  profile.duration_nanos = INT64_MAX;
  folder.Write("a.pb", profile::EncodePprof(profile));
  EXPECT_GE(folder.source().Covered({})->data.range.to, kTen);
}

TEST(DirectorySource, WithoutProfilesTheWindowIsTheLastHour) {
  const AskedFolder folder;
  const auto window = folder.source().DefaultWindow({});
  ASSERT_TRUE(window.ok());
  EXPECT_EQ(window->data.to, AskedFolder::kNow());
  EXPECT_EQ(window->data.length(), std::chrono::hours(1));
  EXPECT_EQ(folder.source().Covered({})->data.profiles, 0);
}

TEST(DirectorySource, AnswersQuestionsAboutLabels) {
  const AskedFolder folder;
  folder.Write("shop/a.pb", CpuFile(kTen, "main", 1, {{"pod", "p0"}}));
  folder.Write("cart/a.pb", CpuFile(kTen, "main", 1, {{"zone", "z"}}));
  const auto& source = folder.source();
  const source::LabelQuery all = LabelsWhere("{}", Always());
  EXPECT_EQ(source.LabelValues("service_name", all, {})->data,
            (Names{"cart", "shop"}));
  EXPECT_EQ(source.LabelNames(LabelsWhere(R"({pod="p0"})", Always()), {})
                ->data.size(),
            9u);
  EXPECT_EQ(source.Series(all, {"pod"}, {})->data.size(), 1u);
  ASSERT_EQ(source.ProfileTypes(all, {})->data.size(), 1u);
}

TEST(DirectorySource, AnswersSeriesInTime) {
  const AskedFolder folder;
  folder.Write("shop/a.pb", CpuFile(kTen + seconds(1), "main", 1));
  folder.Write("shop/b.pb", CpuFile(kTen + seconds(9), "main", 2));
  const auto query = source::MakeSeriesQuery(
      test::CpuQuery("{}", {kTen, kTen + seconds(10)}), {"service_name"}, 10);
  const auto answer = folder.source().SelectSeries(*query, {});
  ASSERT_TRUE(answer.ok());
  ASSERT_EQ(answer->data.size(), 1u);
  EXPECT_EQ(answer->data[0].points,
            (std::vector<profile::Point>{{kTen + seconds(10), 3}}));
}

TEST(DirectorySource, AppliesTheRulesOfLabelsJson) {
  const AskedFolder folder;
  folder.Write("labels.json",
               R"({"*": {"env": "prod"}, "old/*": {"service_name": ""}})");
  folder.Write("shop/labels.json", R"({"*v2*": {"version": "v2"}})");
  folder.Write("shop/cpu.v2.pb", CpuFile(kTen, "main;new", 1));
  folder.Write("shop/cpu.v1.pb", CpuFile(kTen, "main;old", 2));
  folder.Write("old/x.pb", CpuFile(kTen, "main;x", 4));
  EXPECT_EQ(folder.Tree(R"({version="v2",env="prod"})"),
            "main 0 1\n  new 1 1\n");
  EXPECT_EQ(folder.Tree(R"({service_name="unknown_service"})"),
            "main 0 4\n  x 4 4\n");
  EXPECT_EQ(folder.Notices(), Names{});
}

TEST(DirectorySource, TakesTheTimeOfTheFileForAProfileWithoutOne) {
  const AskedFolder folder;
  auto profile = test::CpuProfile(kTen, "main", 1);
  profile.time_nanos = 0;
  folder.Write("x.pb", test::PprofFile(profile));
  const timespec modified{.tv_sec = kTen.time_since_epoch() / seconds(1),
                          .tv_nsec = 5};
  const timespec times[] = {modified, modified};
  ASSERT_EQ(::utimensat(AT_FDCWD, (folder.path() / "x.pb").c_str(), times, 0),
            0);
  EXPECT_EQ(folder.source().Covered({})->data.range.from, kTen);
}

TEST(DirectorySource, ReadsTwoMembersOfOneGzipFile) {
  const AskedFolder folder;
  const std::string message =
      profile::EncodePprof(test::CpuProfile(kTen, "main", 1));
  const std::size_t middle = message.size() / 2;
  folder.Write("x.pb.gz",
               Gzip(message.substr(0, middle)) + Gzip(message.substr(middle)));
  EXPECT_EQ(folder.Tree("{}"), "main 1 1\n");
}

TEST(DirectorySource, BuildingOneReadsNothing) {
  const test::FakeClock clock(kTen);
  const DirectorySource source({.folder = "/no/such/folder"}, clock);
  EXPECT_EQ(source.Info().location, "/no/such/folder");
}

TEST(DirectorySource, HonoursTheCall) {
  const AskedFolder folder;
  for (int i = 0; i < 20; ++i) {
    folder.Write(std::to_string(i) + ".pb", CpuFile(kTen, "main", 1));
  }
  const CallContext late({}, std::chrono::steady_clock::now());
  EXPECT_EQ(folder.source().Covered(late).error().kind, ErrorKind::kTimeout);

  std::stop_source stop;
  std::atomic<int> told = 0;
  const CallContext stopped(stop.get_token(), CallContext::Deadline::max(),
                            [&](double, double total, std::string_view) {
                              EXPECT_EQ(total, 20);
                              if (++told == 3) stop.request_stop();
                            });
  EXPECT_EQ(folder.source().Covered(stopped).error().kind,
            ErrorKind::kCancelled);
  // Does not read files again that were read before.
  std::atomic<int> read = 0;
  const CallContext whole(
      {}, CallContext::Deadline::max(),
      [&](double, double total, std::string_view) { read = int(total); });
  ASSERT_TRUE(folder.source().Covered(whole).ok());
  EXPECT_LE(read, 17);
}

TEST(DirectorySource, AnswersWithoutACache) {
  const AskedFolder folder({.rules = IngestRules::kAsPushed, .cache_bytes = 0});
  folder.Write("a.pb", CpuFile(kTen, "main;a", 1));
  folder.Write("b.pb", CpuFile(kTen + seconds(1), "main;b", 2));
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(folder.Tree("{}"), "main 0 3\n  a 1 1\n  b 2 2\n");
  }
}

}  // namespace
}  // namespace pmcp::store
