// Selections that old servers, the v1 read path and servers without a version
// silently ignore: the source returns the correct answer or an error.
#include "pyroscope/read_path.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "http/client/curl_http_client.h"
#include "pyroscope/pyroscope_source.h"
#include "store/directory_source.h"
#include "tests/support/collapsed.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_pyroscope.h"

namespace pmcp::pyroscope {
namespace {

using source::SampleSelection;
using test::FakePyroscope;
using test::FakePyroscopeOptions;
using test::ServerMode;

constexpr const char* kProfileId = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

class ReadPathTest : public testing::Test {
 protected:
  void Serve(FakePyroscopeOptions options) {
    source_.reset();  // its connections keep a server from stopping
    server_ = std::make_unique<FakePyroscope>(folder_, std::move(options));
    source_ = std::make_unique<PyroscopeSource>(
        PyroscopeOptions{.url = server_->url()},
        std::make_unique<http::CurlHttpClient>(http::CurlOptions{}), clock_);
  }

  static source::ProfileQuery Profiles() {
    return *source::MakeProfileQuery(
        "process_cpu:cpu:nanoseconds:cpu:nanoseconds",
        "{service_name=\"shop\"}",
        {test::At("2026-11-23T09:00:00Z"), test::At("2026-11-23T09:02:00Z")});
  }
  static std::string TreeOf(const source::ProfileSource& source,
                            const SampleSelection& samples) {
    const auto answer = source.MergeStacktraces({Profiles(), samples}, {});
    return answer.ok() ? test::ToText(answer->data.ToTree())
                       : answer.error().message;
  }
  std::string RefusalOf(const SampleSelection& samples) const {
    const auto tree = source_->MergeStacktraces({Profiles(), samples}, {});
    const auto merged = source_->MergeProfile(
        {.profiles = Profiles(), .samples = samples, .pgo = {}}, {});
    if (tree.ok() || merged.ok()) return "answers";
    EXPECT_EQ(tree.error().kind, ErrorKind::kUnsupported);
    EXPECT_EQ(merged.error().kind, ErrorKind::kUnsupported);
    EXPECT_EQ(tree.error().message, merged.error().message);
    return tree.error().message;
  }

  const test::FakeClock clock_{test::At("2026-11-24T12:00:00Z")};
  const store::DirectorySource folder_{
      {.folder = PMCP_SOURCE_DIR "/examples/profiles",
       .rules = store::IngestRules::kAsPushed},
      clock_};
  const SampleSelection below_sweep_{
      .span_ids = {},
      .trace_ids = {},
      .profile_ids = {},
      .call_site = {"runtime.bgsweep", "runtime.sweepone"}};
  std::unique_ptr<FakePyroscope> server_;
  std::unique_ptr<PyroscopeSource> source_;
};

TEST_F(ReadPathTest, CallSitesAreFoundWhereTheServerDropsThem) {
  const std::string whole = TreeOf(folder_, {});
  const std::string below = TreeOf(folder_, below_sweep_);
  ASSERT_NE(below, whole);
  ASSERT_FALSE(below.empty());
  for (const bool tells : {true, false}) {
    for (const char* version : {"1.6.0", "1.16.2", "2.0.0", "2.2.0"}) {
      for (const auto mode : {ServerMode::kV1, ServerMode::kV2}) {
        Serve({.mode = mode, .version = version, .tells_version = tells});
        EXPECT_EQ(TreeOf(*source_, below_sweep_), below) << version << tells;
      }
    }
  }
}

TEST_F(ReadPathTest, TheNewPathIsAskedForOnceAndLeftTheWork) {
  Serve({});
  for (int times = 0; times < 2; ++times) TreeOf(*source_, below_sweep_);
  EXPECT_EQ(server_->Count("SelectHeatmap"), 1u);
  Serve({});
  TreeOf(*source_, {});
  EXPECT_EQ(server_->Count("SelectHeatmap"), 0u);
}

TEST_F(ReadPathTest, SpansAndCallSitesGoTogetherOnOldServers) {
  SampleSelection both = below_sweep_;
  both.span_ids = {1};
  for (const char* version : {"1.16.2", "2.1.0"}) {
    Serve({.mode = ServerMode::kV1, .version = version});
    EXPECT_EQ(TreeOf(*source_, both), TreeOf(folder_, both));
    EXPECT_EQ(server_->Count("SelectMergeSpanProfile"), 1u);
  }
}

TEST_F(ReadPathTest, ProfileIdsAreRefusedWhereTheyWouldBeDropped) {
  const SampleSelection one{.span_ids = {},
                            .trace_ids = {},
                            .profile_ids = {kProfileId},
                            .call_site = {}};
  for (const bool tells : {true, false}) {
    Serve({.mode = ServerMode::kV1, .tells_version = tells});
    EXPECT_EQ(RefusalOf(one),
              "this server reads from its old storage (v1), which ignores "
              "profile ids");
    Serve({.tells_version = tells});
    EXPECT_EQ(TreeOf(*source_, one), TreeOf(folder_, one));
  }
}

TEST_F(ReadPathTest, SpansAreRightWhenTheVersionIsHidden) {
  const SampleSelection one{
      .span_ids = {1}, .trace_ids = {}, .profile_ids = {}, .call_site = {}};
  for (const char* version : {"1.16.2", "2.1.0", "2.2.0"}) {
    Serve({.version = version, .tells_version = false});
    EXPECT_EQ(TreeOf(*source_, one), TreeOf(folder_, one)) << version;
  }
  Serve({.version = "2.1.0", .tells_version = false});
  const auto merged = source_->MergeProfile(
      {.profiles = Profiles(), .samples = one, .pgo = {}}, {});
  ASSERT_FALSE(merged.ok());
  EXPECT_EQ(merged.error().message,
            "this server does not report its version and has no spans in pprof "
            "form");
}

TEST_F(ReadPathTest, TracesAreRefusedByServersThatHideTheirAge) {
  const SampleSelection one{.span_ids = {},
                            .trace_ids = {std::string(16, 'x')},
                            .profile_ids = {},
                            .call_site = {}};
  Serve({.version = "2.1.0", .tells_version = false});
  EXPECT_EQ(RefusalOf(one),
            "this server does not report its version and has no traces by id");
  Serve({.tells_version = false});
  EXPECT_EQ(TreeOf(*source_, one), TreeOf(folder_, one));
}

TEST_F(ReadPathTest, ExemplarsAreRefusedByServersThatHideTheirAge) {
  const auto query = source::MakeSeriesQuery(Profiles(), {}, 15,
                                             source::ExemplarKind::kIndividual);
  Serve({.version = "1.16.2", .tells_version = false});
  const auto old = source_->SelectSeries(*query, {});
  ASSERT_FALSE(old.ok());
  EXPECT_EQ(old.error().kind, ErrorKind::kUnsupported);
  EXPECT_EQ(old.error().message,
            "this server does not report its version and has no exemplars of "
            "profiles");
  Serve({.tells_version = false});
  EXPECT_TRUE(source_->SelectSeries(*query, {}).ok());
}

TEST_F(ReadPathTest, FailuresAreNoAnswerToTheProbe) {
  Serve({.authorization = "Bearer x"});
  const auto tree = source_->MergeStacktraces({Profiles(), below_sweep_}, {});
  ASSERT_FALSE(tree.ok());
  EXPECT_EQ(tree.error().kind, ErrorKind::kUnauthenticated);
}

/// The total of the window as one bucket, as in top_series.
std::string TotalsOf(const source::ProfileSource& source,
                     source::ProfileQuery profiles) {
  profiles.range.from -= std::chrono::milliseconds(1);
  const std::chrono::duration<double> step = profiles.range.length();
  const auto query = source::MakeSeriesQuery(profiles, {"pod"}, step.count());
  const auto series = source.SelectSeries(*query, {});
  if (!series.ok()) return series.error().message;
  std::string text;
  for (const profile::Series& one : series->data) {
    double total = 0;
    for (const profile::Point& point : one.points) {
      if (point.timestamp > profiles.range.from) total += point.value;
    }
    text += fmt::format("{} {}\n", one.labels[0].value, total);
  }
  return text;
}

TEST_F(ReadPathTest, WholeWindowsAreSummedOverBothPaths) {
  const std::string expected = TotalsOf(folder_, Profiles());
  EXPECT_NE(expected, "");
  for (const char* since :
       {"2026-11-23T08:00:00Z", "2026-11-23T09:00:00Z",
        "2026-11-23T09:00:00.001Z", "2026-11-23T09:00:47Z",
        "2026-11-23T09:01:20Z", "2026-11-23T09:01:20.001Z",
        "2026-11-23T09:01:59.999Z", "2026-11-23T10:00:00Z"}) {
    Serve({.mode = ServerMode::kDual, .new_since = test::At(since)});
    EXPECT_EQ(TotalsOf(*source_, Profiles()), expected) << since;
  }
}

/// All points of the series, as in query_series.
std::string PointsOf(const source::ProfileSource& source,
                     source::ProfileQuery profiles, double step_seconds) {
  const auto query = source::MakeSeriesQuery(profiles, {"pod"}, step_seconds);
  const auto series = source.SelectSeries(*query, {});
  if (!series.ok()) return series.error().message;
  std::string text;
  for (const profile::Series& one : series->data) {
    text += one.labels[0].value + ":";
    for (const profile::Point& point : one.points) {
      text += fmt::format(" {}={}", FormatTime(point.timestamp), point.value);
    }
    text += "\n";
  }
  return text;
}

TEST_F(ReadPathTest, SeriesHaveOneGridOverBothPaths) {
  const TimePointMs from = test::At("2026-11-23T08:59:58Z");
  for (const int after : {0, 1, 2, 3, 1999, 2000, 2001, 13'000, 47'123, 77'000,
                          81'998, 82'000, 82'001, 111'999, 121'999}) {
    Serve({.mode = ServerMode::kDual,
           .new_since = from + std::chrono::milliseconds(after)});
    for (const double step : {0.05, 0.7, 1.0, 15.0, 61.0, 122.0, 500.0}) {
      source::ProfileQuery profiles = Profiles();
      profiles.range.from = from;
      EXPECT_EQ(PointsOf(*source_, profiles, step),
                PointsOf(folder_, profiles, step))
          << after << " " << step;
    }
  }
}

TEST_F(ReadPathTest, TheSplitIsFoundExactlyAndKeptForAMinute) {
  const TimePointMs from = test::At("2026-11-23T08:00:00Z");
  const TimePointMs to = test::At("2026-11-23T10:00:00Z");
  for (const char* since : {"2026-11-23T08:00:00Z", "2026-11-23T08:00:00.001Z",
                            "2026-11-23T09:00:00Z", "2026-11-23T09:17:29.383Z",
                            "2026-11-23T09:59:59.999Z"}) {
    Serve({.mode = ServerMode::kDual, .new_since = test::At(since)});
    const http::CurlHttpClient http({});
    const Credentials credentials({});
    const ConnectClient client(http,
                               [&](const CallContext&) -> Result<std::string> {
                                 return server_->url();
                               },
                               credentials, {});
    auto now = std::chrono::steady_clock::now();
    const ReadPath path(client, [&] { return now; });
    const auto division = path.Divide({from, to}, {});
    ASSERT_TRUE(division.ok()) << division.error().message;
    EXPECT_EQ(*division, (Division{true, test::At(since)})) << since;
    now += std::chrono::seconds(59);
    EXPECT_EQ(path.Known({from, to}), *division);
    EXPECT_EQ(path.Split(), division->split);
    EXPECT_EQ(path.Known({to, to}), Division{});
    now += std::chrono::seconds(1);
    EXPECT_EQ(path.Known({from, to}), std::nullopt);
    EXPECT_EQ(path.Split(), std::nullopt);
  }
}

TEST_F(ReadPathTest, AServerWithOnePathNeedsFewProbes) {
  const TimeRange range{test::At("2026-11-23T08:00:00Z"),
                        test::At("2026-11-23T10:00:00Z")};
  for (const auto mode : {ServerMode::kV2, ServerMode::kV1}) {
    Serve({.mode = mode});
    source::SeriesQuery query{.profiles = Profiles(),
                              .step = std::chrono::minutes(1)};
    query.profiles.range = range;
    for (int times = 0; times < 2; ++times) {
      ASSERT_TRUE(source_->SelectSeries(query, {}).ok());
    }
    EXPECT_EQ(server_->Count("SelectHeatmap"),
              mode == ServerMode::kV2 ? 1u : 4u);
    EXPECT_EQ(server_->Count("SelectSeries"), 2u);
  }
}

TEST_F(ReadPathTest, WhereTheNewOneBeginsIsRemembered) {
  Serve({.mode = ServerMode::kDual,
         .new_since = test::At("2026-11-23T09:01:20Z")});
  TotalsOf(*source_, Profiles());
  const auto first = server_->Count("SelectHeatmap");
  EXPECT_LE(first, 40u);
  TotalsOf(*source_, Profiles());
  EXPECT_EQ(server_->Count("SelectHeatmap"), first);
}

}  // namespace
}  // namespace pmcp::pyroscope
