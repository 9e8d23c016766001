// How many requests a call takes, and what it costs beside the one request that
// it cannot do without.
#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "http/client/curl_http_client.h"
#include "pyroscope/build_request.h"
#include "pyroscope/pyroscope_source.h"
#include "store/directory_source.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_pyroscope.h"
#include "tests/support/tools_over.h"

namespace pmcp::tools {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using test::FakePyroscope;
using test::FakePyroscopeOptions;
using test::ServerMode;
using testing::HasSubstr;

constexpr const char* kCpu = "process_cpu:cpu:nanoseconds:cpu:nanoseconds";

class OneRoundTrip : public testing::Test {
 protected:
  void Serve(FakePyroscopeOptions options = {}) {
    tools_.reset();  // its connections keep a server from stopping
    server_ = std::make_unique<FakePyroscope>(folder_, std::move(options));
    tools_ = std::make_unique<test::ToolsOver>(
        std::make_unique<pyroscope::PyroscopeSource>(
            pyroscope::PyroscopeOptions{.url = server_->url()},
            std::make_unique<http::CurlHttpClient>(http::CurlOptions{}),
            clock_),
        clock_);
  }

  static json Window(json more = json::object()) {
    more["from"] = "2026-11-23T09:00:00Z";
    more["to"] = "2026-11-23T09:02:00Z";
    return more;
  }

  /// The number of requests of one call.
  std::size_t RequestsOf(const std::string& tool, const json& arguments) const {
    const std::size_t before = server_->requests().size();
    const auto answer = tools_->Call(tool, arguments);
    EXPECT_FALSE(answer.error) << answer.text;
    return server_->requests().size() - before;
  }

  /// The shortest of several runs, in turns, so that other load of the machine
  /// does not count.
  static std::pair<double, double> Shortest(
      const std::function<void()>& one, const std::function<void()>& other) {
    const auto time = [](const std::function<void()>& work) {
      const auto begin = steady_clock::now();
      work();
      return std::chrono::duration<double>(steady_clock::now() - begin).count();
    };
    std::pair<double, double> shortest{1e9, 1e9};
    for (int i = 0; i < 9; ++i) {
      shortest.first = std::min(shortest.first, time(one));
      shortest.second = std::min(shortest.second, time(other));
    }
    return shortest;
  }

  const test::FakeClock clock_{test::At("2026-11-23T12:00:00Z")};
  const store::DirectorySource folder_{
      {.folder = PMCP_SOURCE_DIR "/examples/profiles",
       .rules = store::IngestRules::kAsPushed},
      clock_};
  std::unique_ptr<FakePyroscope> server_;
  std::unique_ptr<test::ToolsOver> tools_;
};

TEST_F(OneRoundTrip, AFullIdNeedsNoLookup) {
  Serve();
  const json full = Window({{"profile_type", kCpu}});
  tools_->Call("query_flamegraph", full);  // asks for the version
  EXPECT_EQ(RequestsOf("query_flamegraph", full), 1u);
  EXPECT_EQ(server_->Count("LabelValues"), 0u);
  EXPECT_EQ(server_->Count("ProfileTypes"), 0u);
}

TEST_F(OneRoundTrip, TypesAreRememberedBySelector) {
  for (const auto mode : {ServerMode::kV2, ServerMode::kDual}) {
    Serve({.mode = mode, .new_since = test::At("2026-11-23T09:00:00Z")});
    for (const char* tool :
         {"query_flamegraph", "top_series", "query_series"}) {
      const json shop = Window({{"service", "shop"}});
      RequestsOf(tool, shop);
    }
    // The window begins at the split, which the first refusal tells.
    EXPECT_EQ(server_->Count("LabelValues"),
              mode == ServerMode::kDual ? 2u : 1u);
    EXPECT_EQ(RequestsOf("query_flamegraph", Window({{"service", "shop"}})),
              1u);
    EXPECT_EQ(
        RequestsOf("query_flamegraph",
                   Window({{"service", "shop"}, {"profile_type", "mutex"}})),
        1u);
    const std::size_t asked = server_->Count("LabelValues");
    RequestsOf("query_flamegraph", Window({{"service", "storefront"}}));
    EXPECT_EQ(server_->Count("LabelValues"), asked + 1);
  }
}

TEST_F(OneRoundTrip, AnUnknownNameIsLookedUpAgain) {
  Serve();
  const json shop = Window({{"service", "shop"}});
  tools_->Call("query_flamegraph", shop);
  json unknown = shop;
  unknown["profile_type"] = "cpuu";
  const auto answer = tools_->Call("query_flamegraph", unknown);
  EXPECT_EQ(answer.error, ErrorKind::kNotFound);
  EXPECT_THAT(answer.text, HasSubstr("Did you mean \"cpu\"?"));
  EXPECT_EQ(server_->Count("LabelValues"), 2u);
}

TEST_F(OneRoundTrip, OnlySeriesOfShownValuesAreRead) {
  Serve();
  const json two = Window({{"label", "handler"}, {"limit", 2}});
  EXPECT_EQ(RequestsOf("list_labels", two), 2u);
  EXPECT_EQ(server_->Count("LabelValues"), 1u);
  const test::ToolsOver local(
      std::make_unique<store::DirectorySource>(
          store::DirectoryOptions{
              .folder = PMCP_SOURCE_DIR "/examples/profiles",
              .rules = store::IngestRules::kAsPushed},
          clock_),
      clock_);
  EXPECT_EQ(tools_->Call("list_labels", two).text,
            local.Call("list_labels", two).text);
}

TEST_F(OneRoundTrip, PiecesOfLongWindowsAreAskedFourAtATime) {
  constexpr milliseconds kLatency(50);
  Serve({.latency = kLatency, .max_query_length = std::chrono::hours(24)});
  const json week = {{"service", "shop"},
                     {"from", "2026-11-17T00:00:00Z"},
                     {"to", "2026-11-24T00:00:00Z"}};
  for (const char* tool : {"query_flamegraph", "top_series", "query_series"}) {
    const auto call = [&] { tools_->Call(tool, week); };
    call();  // the server names its limit
    EXPECT_GE(RequestsOf(tool, week), 7u);
    const auto shortest = Shortest(call, call);
    // One after the other, seven requests take seven times the latency.
    EXPECT_LT(std::min(shortest.first, shortest.second),
              4 * std::chrono::duration<double>(kLatency).count())
        << tool;
  }
}

TEST_F(OneRoundTrip, CallsTakeHardlyLongerThanTheBareRequest) {
  using namespace pyroscope;
  Serve({.latency = milliseconds(50)});
  const auto profiles = *source::MakeProfileQuery(
      kCpu, "{service_name=\"shop\"}",
      {test::At("2026-11-23T09:00:00Z"), test::At("2026-11-23T09:02:00Z")});
  const auto series = *source::MakeSeriesQuery(profiles, {"service_name"}, 15);
  auto stacks = BuildRequest(source::StacktraceQuery{profiles, {}});
  stacks.max_nodes = 65'536;
  const std::string bare_stacks = Encode(stacks);
  const std::string bare_series = Encode(BuildRequest(series));
  const http::CurlHttpClient http({});
  const auto ask = [&](const char* method, const std::string& body) {
    const auto response =
        http.Send({.url = fmt::format("{}/querier.v1.QuerierService/{}",
                                      server_->url(), method),
                   .headers = {{"Content-Type",
                                Redacted(std::string("application/proto"))}},
                   .body = body},
                  CallContext());
    ASSERT_TRUE(response.ok() && response->status == 200);
  };
  for (const char* tool : {"query_flamegraph", "top_series", "query_series"}) {
    const bool is_flame = std::string(tool) == "query_flamegraph";
    const auto call = [&] {
      tools_->Call(tool, Window({{"service", "shop"}}));
    };
    call();  // the version, the types and the read path
    const auto [bare, whole] = Shortest(
        [&] {
          ask(is_flame ? "SelectMergeStacktraces" : "SelectSeries",
              is_flame ? bare_stacks : bare_series);
        },
        call);
    EXPECT_LE(whole, 1.1 * bare) << tool;
    fmt::print("cost: {}: {:.1f} ms, the bare request {:.1f} ms: {:.2f}\n",
               tool, 1e3 * whole, 1e3 * bare, whole / bare);
  }
}

}  // namespace
}  // namespace pmcp::tools
