#include "pyroscope/pyroscope_source.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "http/client/curl_http_client.h"
#include "store/directory_source.h"
#include "tests/support/asked_folder.h"
#include "tests/support/collapsed.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_pyroscope.h"
#include "tests/support/fake_source.h"

namespace pmcp::pyroscope {
namespace {

using test::FakePyroscope;
using test::FakePyroscopeOptions;
using test::ServerMode;

constexpr const char* kCpu = "process_cpu:cpu:nanoseconds:cpu:nanoseconds";

/// The example profiles through a server, and directly from the folder.
class PyroscopeSourceTest : public testing::Test {
 protected:
  PyroscopeSourceTest()
      : clock_(test::At("2026-11-24T12:00:00Z")),
        folder_({.folder = PMCP_SOURCE_DIR "/examples/profiles",
                 .rules = store::IngestRules::kAsPushed},
                clock_) {}

  void Serve(FakePyroscopeOptions options = {}) {
    source_.reset();  // its connections keep a server from stopping
    server_ = std::make_unique<FakePyroscope>(folder_, std::move(options));
    PyroscopeOptions asked{.url = server_->url()};
    asked.connect.retry.first_pause = std::chrono::milliseconds(1);
    source_ = std::make_unique<PyroscopeSource>(
        std::move(asked),
        std::make_unique<http::CurlHttpClient>(http::CurlOptions{}), clock_);
  }

  static TimeRange Window() {
    return {test::At("2026-11-23T09:00:00Z"), test::At("2026-11-23T09:02:00Z")};
  }
  static source::ProfileQuery Profiles() {
    return *source::MakeProfileQuery(kCpu, "{service_name=\"shop\"}", Window());
  }

  static std::string TreeOf(const source::ProfileSource& source,
                            const source::SampleSelection& samples = {}) {
    const auto answer = source.MergeStacktraces({Profiles(), samples}, {});
    if (!answer.ok())
      return answer.error().message + "\n" + answer.error().hint;
    return test::ToText(answer->data.ToTree());
  }

  const test::FakeClock clock_;
  const store::DirectorySource folder_;
  std::unique_ptr<FakePyroscope> server_;
  std::unique_ptr<PyroscopeSource> source_;
};

TEST_F(PyroscopeSourceTest, AsksForTheVersionOnce) {
  Serve();
  EXPECT_EQ(TreeOf(*source_), TreeOf(folder_));
  EXPECT_EQ(TreeOf(*source_), TreeOf(folder_));
  EXPECT_EQ(server_->Count("/buildinfo"), 1u);
  EXPECT_EQ(source_->Info().version, "2.2.0");
  EXPECT_TRUE(source_->Info().cannot.empty());
}

TEST_F(PyroscopeSourceTest, TakesFlamegraphsFromServersWithoutTrees) {
  Serve({.version = "1.6.0"});
  EXPECT_EQ(TreeOf(*source_), TreeOf(folder_));
}

TEST_F(PyroscopeSourceTest, TakesTreesFromServersInBetween) {
  Serve({.mode = ServerMode::kDual});
  EXPECT_EQ(TreeOf(*source_), TreeOf(folder_));
}

TEST_F(PyroscopeSourceTest, SaysWhatAnOldServerWouldIgnore) {
  Serve({.version = "1.16.2"});
  EXPECT_EQ(TreeOf(*source_, {.trace_ids = {std::string(16, 'x')}}),
            "this server is Pyroscope 1.16.2 and has no traces by id\n"
            "Leave that out, or update the server to 2.2 or later.");
  EXPECT_NE(TreeOf(*source_, {.profile_ids = {"7c9e6679-7425-40de-944b-"
                                              "e07fc1f90ae7"}})
                .find("no profiles by id"),
            std::string::npos);
  EXPECT_EQ(server_->Count("SelectMergeStacktraces"), 0u);
}

TEST_F(PyroscopeSourceTest, AsksOldServersForSpansInTheirWay) {
  Serve({.version = "2.1.0"});
  TreeOf(*source_, {.span_ids = {1}});
  EXPECT_EQ(server_->Count("SelectMergeSpanProfile"), 1u);
  EXPECT_EQ(server_->Count("SelectMergeStacktraces"), 0u);
}

TEST_F(PyroscopeSourceTest, PassesOnWhatTheOldReadPathRefuses) {
  Serve({.mode = ServerMode::kV1});
  const auto query = source::MakeHeatmapQuery(
      Profiles(), {.step_seconds = 15, .kind = source::HeatmapKind::kSpan});
  const auto heatmap = source_->SelectHeatmap(*query, {});
  ASSERT_FALSE(heatmap.ok());
  EXPECT_EQ(heatmap.error().kind, ErrorKind::kUnsupported);
  EXPECT_NE(heatmap.error().message.find(
                "this endpoint is not available in v1 frontend"),
            std::string::npos);
}

TEST_F(PyroscopeSourceTest, MergesPprofInEitherWay) {
  const auto samples = [&](const source::ProfileSource& source) {
    const auto merged = source.MergeProfile({.profiles = Profiles()}, {});
    return merged.ok() ? merged->data.samples.size() : 0;
  };
  Serve();
  EXPECT_EQ(samples(*source_), samples(folder_));
  Serve({.version = "2.1.0"});
  EXPECT_EQ(samples(*source_), samples(folder_));
  EXPECT_EQ(server_->Count("SelectMergeProfile"), 1u);
}

std::int64_t SumOf(const profile::Profile& profile, std::string_view type) {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < profile.sample_types.size(); ++i) {
    if (profile.strings[profile.sample_types[i].type] != type) continue;
    for (std::size_t row = 0; row < profile.samples.size(); ++row) {
      sum += profile.samples.values(row)[i];
    }
  }
  return sum;
}

TEST_F(PyroscopeSourceTest, ExportsOneTypeAsTheServerMergedIt) {
  Serve();
  const auto exported = source_->ExportProfile({.profiles = Profiles()}, {});
  ASSERT_TRUE(exported.ok());
  EXPECT_EQ(exported->data.files, 0u);
  EXPECT_EQ(SumOf(exported->data.profile, "cpu"), 44'820'000'000);
  EXPECT_EQ(server_->Count("SelectMergeStacktraces"), 1u);
}

TEST_F(PyroscopeSourceTest, ExportsAllTypesByAQuestionForEach) {
  Serve();
  source::ExportQuery query{.profiles = Profiles(), .all_types = true};
  query.profiles.type.sample_type = "all";
  const auto exported = source_->ExportProfile(query, {});
  ASSERT_TRUE(exported.ok());
  const profile::Profile& p = exported->data.profile;
  EXPECT_EQ(server_->Count("SelectMergeStacktraces"), 2u);
  ASSERT_EQ(p.sample_types.size(), 2u);
  EXPECT_EQ(p.strings[p.default_sample_type], "cpu");
  EXPECT_EQ(SumOf(p, "cpu"), 44'820'000'000);
  EXPECT_EQ(SumOf(p, "samples"), 4'482);
  // Every sample has both, as it had when it was recorded.
  for (std::size_t row = 0; row < p.samples.size(); ++row) {
    EXPECT_EQ(p.samples.values(row)[0], p.samples.values(row)[1] * 10'000'000);
  }
}

TEST_F(PyroscopeSourceTest, ExportsNothingWhereNothingMatches) {
  Serve();
  source::ExportQuery query{.profiles = Profiles(), .all_types = true};
  query.profiles.type.name = "nope";
  const auto exported = source_->ExportProfile(query, {});
  ASSERT_TRUE(exported.ok());
  EXPECT_EQ(exported->data.profile.samples.size(), 0u);
}

TEST_F(PyroscopeSourceTest, AsksAgainForMoreNodes) {
  // Takes the limit from the error of the server.
  Serve({.max_nodes = 500});
  const auto answer = source_->MergeStacktraces({Profiles(), {}}, {});
  ASSERT_TRUE(answer.ok()) << answer.error().message;
  ASSERT_EQ(answer->notices.size(), 1u);
  EXPECT_NE(answer->notices[0].text.find("folded"), std::string::npos);
  EXPECT_EQ(answer->data.total(), 44'820'000'000);
}

/// A server with more functions than the first request asks for.
class ManyNodesTest : public testing::Test {
 protected:
  static constexpr std::int64_t kFunctions = 100'000;

  /// Functions with small values have long names.
  ManyNodesTest() {
    for (std::int64_t i = 1; i <= kFunctions; ++i) {
      const std::string name = "f" + std::to_string(i);
      many_.stacks.push_back(
          {{i > 40'000 ? name : name + std::string(60, '_')}, i});
    }
  }

  Result<source::Answer<profile::Stacks>> Ask(
      std::int64_t max_nodes, std::size_t max_response_bytes = 256u << 20,
      std::chrono::milliseconds timeout = std::chrono::seconds(60)) {
    server_ = std::make_unique<FakePyroscope>(
        many_, FakePyroscopeOptions{.max_nodes = max_nodes, .gzip = false});
    PyroscopeOptions asked{.url = server_->url()};
    asked.connect.max_response_bytes = max_response_bytes;
    asked.connect.timeout = timeout;
    const test::FakeClock clock(test::At("2026-11-24T12:00:00Z"));
    const PyroscopeSource source(
        std::move(asked),
        std::make_unique<http::CurlHttpClient>(http::CurlOptions{}), clock);
    return source.MergeStacktraces(
        {*source::MakeProfileQuery(kCpu, "{}",
                                   {test::At("2026-11-23T09:00:00Z"),
                                    test::At("2026-11-23T09:02:00Z")}),
         {}},
        {});
  }

  static constexpr std::int64_t kTotal = kFunctions * (kFunctions + 1) / 2;

  test::FakeSource many_;
  std::unique_ptr<FakePyroscope> server_;
};

TEST_F(ManyNodesTest, AsksAgainUntilNothingIsHidden) {
  const auto answer = Ask(1'048'576);
  ASSERT_TRUE(answer.ok()) << answer.error().message;
  EXPECT_EQ(answer->folded, 0);
  EXPECT_TRUE(answer->notices.empty());
  EXPECT_EQ(answer->data.total(), kTotal);
  EXPECT_EQ(answer->data.ToTree().size(), 1u + kFunctions);
  EXPECT_EQ(server_->Count("SelectMergeStacktraces"), 2u);
}

TEST_F(ManyNodesTest, LargeStacksAreAskedForOnceTheNextTime) {
  server_ = std::make_unique<FakePyroscope>(
      many_, FakePyroscopeOptions{.gzip = false});
  const test::FakeClock clock(test::At("2026-11-24T12:00:00Z"));
  const PyroscopeSource source(
      {.url = server_->url()},
      std::make_unique<http::CurlHttpClient>(http::CurlOptions{}), clock);
  const source::StacktraceQuery query{
      *source::MakeProfileQuery(
          kCpu, "{}",
          {test::At("2026-11-23T09:00:00Z"), test::At("2026-11-23T09:02:00Z")}),
      {}};
  for (const std::size_t requests : {2u, 3u, 4u}) {
    const auto answer = source.MergeStacktraces(query, {});
    ASSERT_TRUE(answer.ok());
    EXPECT_EQ(answer->folded, 0);
    EXPECT_EQ(server_->Count("SelectMergeStacktraces"), requests);
  }
}

TEST_F(ManyNodesTest, SaysWhatTheServersLimitHides) {
  const auto answer = Ask(80'000);
  ASSERT_TRUE(answer.ok()) << answer.error().message;
  // The smallest functions, which do not fit.
  EXPECT_GT(answer->folded, 190'000'000);
  EXPECT_LT(answer->folded, 210'000'000);
  ASSERT_EQ(answer->notices.size(), 1u);
  EXPECT_NE(answer->notices[0].text.find("folded 4% "), std::string::npos)
      << answer->notices[0].text;
  EXPECT_EQ(answer->data.total(), kTotal);
  // 65,536 nodes, then too many, then the number that the error named.
  EXPECT_EQ(server_->Count("SelectMergeStacktraces"), 3u);
}

TEST_F(ManyNodesTest, TheFirstAnswerCountsWhenTheSecondFails) {
  const auto answer = Ask(1'048'576, 2u << 20);
  ASSERT_TRUE(answer.ok()) << answer.error().message;
  EXPECT_GT(answer->folded, kTotal / 10);
  EXPECT_EQ(answer->notices.size(), 1u);
  EXPECT_EQ(answer->data.total(), kTotal);
  EXPECT_EQ(server_->Count("SelectMergeStacktraces"), 2u);
}

TEST_F(ManyNodesTest, BothQuestionsHaveTheTimeOfOne) {
  const auto answer = Ask(1'048'576, 256u << 20, std::chrono::seconds(20));
  ASSERT_TRUE(answer.ok()) << answer.error().message;
  std::vector<int> waits;
  for (const auto& request : server_->requests()) {
    if (request.path.ends_with("SelectMergeStacktraces")) {
      waits.push_back(std::stoi(request.headers.at("connect-timeout-ms")));
    }
  }
  ASSERT_EQ(waits.size(), 2u);
  EXPECT_LE(waits[0], 20'000);
  EXPECT_LT(waits[1], waits[0]);
}

TEST_F(PyroscopeSourceTest, RefusesProfilesForPgoFromServersThatCannot) {
  Serve({.version = "1.6.0"});
  const auto merged = source_->MergeProfile(
      {.profiles = Profiles(), .pgo = profile::PgoOptions{}}, {});
  ASSERT_FALSE(merged.ok());
  EXPECT_EQ(merged.error().kind, ErrorKind::kUnsupported);
  EXPECT_EQ(server_->Count("SelectMergeProfile"), 0u);
}

TEST_F(PyroscopeSourceTest, SplitsLongWindowsExactly) {
  Serve({.max_query_length = std::chrono::seconds(17)});
  EXPECT_EQ(TreeOf(*source_), TreeOf(folder_));
  EXPECT_EQ(server_->Count("SelectMergeStacktraces"), 1u + 8u);
  for (const double step : {1.0, 15.0, 16.999, 17.5, 60.0, 120.001}) {
    const auto query =
        source::MakeSeriesQuery(Profiles(), {"pod", "handler"}, step,
                                source::ExemplarKind::kIndividual);
    const auto remote = source_->SelectSeries(*query, {});
    const auto local = folder_.SelectSeries(*query, {});
    ASSERT_TRUE(remote.ok()) << remote.error().message << step;
    ASSERT_EQ(remote->data.size(), local->data.size()) << step;
    for (std::size_t i = 0; i < local->data.size(); ++i) {
      EXPECT_EQ(remote->data[i].labels, local->data[i].labels);
      EXPECT_EQ(remote->data[i].points, local->data[i].points) << step;
    }
  }
}

TEST_F(PyroscopeSourceTest, RefusesWindowsThatWouldTakeTooManyQuestions) {
  Serve({.max_query_length = std::chrono::milliseconds(100)});
  EXPECT_EQ(TreeOf(*source_).substr(0, 44),
            "the window of 0.03333 h is too long: the ser");
}

TEST_F(PyroscopeSourceTest, HeatmapsTooLongAreRefusedWithTheLimitNamed) {
  Serve({.max_query_length = std::chrono::seconds(17)});
  const auto query = source::MakeHeatmapQuery(
      Profiles(), {.step_seconds = 15, .kind = source::HeatmapKind::kSpan});
  const auto heatmap = source_->SelectHeatmap(*query, {});
  ASSERT_FALSE(heatmap.ok());
  EXPECT_EQ(heatmap.error().kind, ErrorKind::kInvalidArgument);
  EXPECT_NE(heatmap.error().message.find("limit: 17000ms"), std::string::npos);
}

TEST_F(PyroscopeSourceTest, SaysWhatServersLeaveOutWithoutAWord) {
  Serve();
  source::StacktraceQuery query{Profiles(), {}};
  EXPECT_TRUE(source_->MergeStacktraces(query, {})->notices.empty());
  query.profiles.range.from -= std::chrono::days(8);
  const auto stacks = source_->MergeStacktraces(query, {});
  ASSERT_TRUE(stacks.ok()) << stacks.error().message;
  ASSERT_EQ(stacks->notices.size(), 1u);
  EXPECT_NE(stacks->notices[0].text.find("max_query_lookback"),
            std::string::npos);
}

TEST_F(PyroscopeSourceTest, KnowsTheCoveredTimeWhenTheServerTells) {
  Serve();
  const auto covered = source_->Covered({});
  ASSERT_TRUE(covered.ok());
  EXPECT_TRUE(covered->data.is_known);
  EXPECT_EQ(covered->data.range, folder_.Covered({})->data.range);
}

}  // namespace
}  // namespace pmcp::pyroscope
