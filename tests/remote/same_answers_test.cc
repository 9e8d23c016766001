// Every golden call gives through a server the same text, to the byte, as on
// the folder itself, but for the place that the source is at.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/product.h"
#include "pyroscope/curl_http_client.h"
#include "pyroscope/pyroscope_source.h"
#include "server/server.h"
#include "store/directory_source.h"
#include "tests/golden/golden_case.h"
#include "tests/remote/grafana_stand_in.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_pyroscope.h"
#include "tests/support/temp_folder.h"
#include "tools/tools.h"

namespace pmcp {
namespace {

using nlohmann::json;
using test::FakePyroscope;
using test::GoldenCase;
using test::GrafanaStandIn;
using test::ServerMode;

/// How the server is reached, and how it answers.
struct Route {
  const char* name;
  ServerMode mode = ServerMode::kV2;
  const char* version = "2.2.0";
  bool gzip = false;
  bool through_grafana = false;
};
void PrintTo(const Route& route, std::ostream* out) { *out << route.name; }

constexpr Route kRoutes[] = {
    {"v2", ServerMode::kV2, "2.2.0", false, false},
    {"v2_gzip", ServerMode::kV2, "2.2.0", true, false},
    {"dual", ServerMode::kDual, "2.2.0", false, false},
    {"unknown_version", ServerMode::kV2, "", false, false},
    {"grafana", ServerMode::kV2, "2.2.0", false, true},
    {"grafana_gzip", ServerMode::kV2, "2.2.0", true, true},
};

/// What a server cannot know: why its answers are compared no further.
std::string WhyNotCompared(const GoldenCase& golden) {
  if (golden.profiles.empty()) return "needs no source";
  if (golden.profiles.ends_with("broken")) return "notices on files";
  if (golden.name == "no_profiles") return "notices on files";
  if (!std::filesystem::is_directory(golden.profiles)) return "no folder";
  return "";
}

/// The tools over one source that is called "profiles".
class Program {
 public:
  Program(std::unique_ptr<const source::ProfileSource> source,
          const Clock& clock, const std::string& export_dir)
      : sources_(Only(std::move(source))),
        server_(app::Product(),
                tools::AllTools({sources_, clock, export_dir})) {}

  std::string Call(const std::string& tool, const json& arguments) const {
    return server_.Call(tool, arguments, CallContext()).text;
  }
  source::SourceInfo Info() const { return sources_.all()[0].source->Info(); }

 private:
  static source::Sources Only(
      std::unique_ptr<const source::ProfileSource> source) {
    std::vector<source::NamedSource> all;
    all.push_back({"profiles", std::move(source)});
    return source::Sources(std::move(all));
  }

  source::Sources sources_;
  server::Server server_;
};

void Replace(const std::string& from, const std::string& to,
             std::string& text) {
  for (auto at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

/// The window that overview looks at is each source's own.
void EraseOwnWindow(std::string& text) {
  const auto begin = text.find("\"window\":{");
  if (begin == std::string::npos) return;
  text.erase(begin, text.find('}', begin) - begin);
}

/// One folder, asked directly and through a server.
class Pair {
 public:
  Pair(const std::string& folder, const Route& route)
      : stored_({.folder = folder}, never_),
        covered_(stored_.Covered({})->data.range),
        clock_(covered_.to),
        served_({.folder = folder}, clock_),
        fake_(served_, {.mode = route.mode,
                        .version = route.version,
                        .tenant = route.through_grafana ? "team-a" : "",
                        .gzip = route.gzip && !route.through_grafana}),
        local_(std::make_unique<store::DirectorySource>(
                   store::DirectoryOptions{.folder = folder}, clock_),
               clock_, local_exports_.path().string()) {
    if (route.through_grafana) grafana_.emplace(fake_.url(), route.gzip);
    remote_.emplace(Remote(route), clock_, remote_exports_.path().string());
  }

  /// "" when both answer alike.
  std::string Difference(const GoldenCase& golden, const char* format) {
    json arguments = golden.arguments;
    arguments["format"] = format;
    if (!arguments.contains("from") && golden.tool != "overview") {
      arguments["from"] = FormatTime(covered_.from);
    }
    if (!arguments.contains("to") && golden.tool != "overview") {
      arguments["to"] = FormatTime(covered_.to);
    }
    if (arguments.contains("source")) arguments["source"] = "profiles";
    const std::string ours = Here(local_, golden.tool, arguments);
    const std::string theirs = Here(*remote_, golden.tool, arguments);
    if (ours == theirs) return "";
    return fmt::format("{} {}\nfrom the folder:\n{}\nfrom the server:\n{}",
                       golden.tool, arguments.dump(), ours, theirs);
  }

 private:
  std::string Here(const Program& program, const std::string& tool,
                   const json& arguments) const {
    std::string text = program.Call(tool, arguments);
    Replace(local_exports_.path().string(), "EXPORTS", text);
    Replace(remote_exports_.path().string(), "EXPORTS", text);
    Replace(program.Info().location, "HERE", text);
    Replace(program.Info().kind + " HERE", "KIND HERE", text);
    const std::string& version = program.Info().version;
    if (!version.empty()) {
      Replace(", version " + version, "", text);
      Replace(fmt::format(",\"version\":\"{}\"", version), "", text);
    }
    Replace(fmt::format("\"kind\":\"{}\"", program.Info().kind), "KIND", text);
    if (tool == "overview") EraseOwnWindow(text);
    return text;
  }

  std::unique_ptr<const source::ProfileSource> Remote(const Route& route) {
    pyroscope::PyroscopeOptions options{.url = fake_.url()};
    options.connect.accept_gzip = route.gzip;
    if (grafana_) {
      options.url = grafana_->url();
      options.grafana.emplace();
      options.credentials.token = Redacted<std::string>(GrafanaStandIn::kToken);
      options.credentials.named = "GRAFANA_SERVICE_ACCOUNT_TOKEN";
    }
    return std::make_unique<pyroscope::PyroscopeSource>(
        std::move(options),
        std::make_unique<pyroscope::CurlHttpClient>(pyroscope::CurlOptions{}),
        clock_);
  }

  const test::FakeClock never_{test::At("2026-11-24T12:00:00Z")};
  const test::TempFolder local_exports_;
  const test::TempFolder remote_exports_;
  const store::DirectorySource stored_;
  const TimeRange covered_;
  const test::FakeClock clock_;
  const store::DirectorySource served_;
  FakePyroscope fake_;
  std::optional<GrafanaStandIn> grafana_;
  const Program local_;
  std::optional<Program> remote_;
};

class SameAnswers : public testing::TestWithParam<Route> {};

TEST_P(SameAnswers, AsFromTheFolder) {
  std::filesystem::current_path(PMCP_SOURCE_DIR);
  std::map<std::string, std::unique_ptr<Pair>> pairs;
  std::map<std::string, std::pair<int, int>> same_of_all;
  std::map<std::string, int> not_compared;
  for (const GoldenCase& golden : test::LoadGoldenCases()) {
    const std::string why_not = WhyNotCompared(golden);
    if (!why_not.empty()) {
      ++not_compared[why_not];
      continue;
    }
    auto& pair = pairs[golden.profiles];
    if (!pair) pair = std::make_unique<Pair>(golden.profiles, GetParam());
    for (const char* format : {"table", "json"}) {
      const std::string difference = pair->Difference(golden, format);
      EXPECT_EQ(difference, "") << golden.name;
      auto& [same, all] = same_of_all[golden.tool];
      same += difference.empty() ? 1 : 0;
      ++all;
    }
  }
  for (const auto& [tool, counts] : same_of_all) {
    fmt::print("remote: {} {}: {} of {} answers are the same\n",
               GetParam().name, tool, counts.first, counts.second);
  }
  for (const auto& [why, count] : not_compared) {
    fmt::print("remote: not compared: {} cases, {}\n", count, why);
  }
}

INSTANTIATE_TEST_SUITE_P(Routes, SameAnswers, testing::ValuesIn(kRoutes),
                         [](const auto& one) { return one.param.name; });

}  // namespace
}  // namespace pmcp
